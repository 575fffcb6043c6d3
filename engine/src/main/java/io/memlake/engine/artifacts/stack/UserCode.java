package io.memlake.engine.artifacts.stack;

import io.memlake.engine.artifacts.ProcessView;
import io.memlake.engine.objects.module.LoaderModule;
import io.memlake.engine.objects.stack.CodeImage;
import io.memlake.engine.objects.stack.CodeImages;
import io.memlake.engine.objects.vad.VadNode;
import io.memlake.engine.objects.vad.VadSection;
import io.memlake.engine.objects.vad.VadType;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.symbols.MissingSymbolException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The executables that a process maps, by its ranges and by its loader. */
final class UserCode implements CodeImages {
  private final ProcessView memory;
  private final PagedAddressSpace space;
  private final Map<Long, CodeImage> images = new HashMap<>();

  UserCode(ProcessView memory) {
    this.memory = memory;
    this.space = memory.space().orElseThrow();
  }

  @Override
  public Optional<CodeImage> at(long address) throws IOException {
    if (address <= 0) {
      return Optional.empty();
    }
    VadNode node = memory.vads().find(address);
    if (node == null ? memory.vads().isComplete() : node.type() != VadType.IMAGE_MAP) {
      return Optional.empty();
    }
    Optional<LoaderModule> module = module(address);
    if (node == null && module.isEmpty()) {
      return Optional.empty();
    }
    long base = module.isPresent() ? module.get().base() : node.start();
    CodeImage known = images.get(base);
    if (known == null) {
      long size = module.isPresent() ? module.get().size() : node.end() - node.start() + 1;
      known = CodeImage.of(space, name(module, node), base, size);
      images.put(base, known);
    }
    return Optional.of(known);
  }

  private Optional<LoaderModule> module(long address) throws IOException {
    try {
      return memory.moduleAt(address);
    } catch (MissingSymbolException e) {
      return Optional.empty();
    }
  }

  private String name(Optional<LoaderModule> module, VadNode node) throws IOException {
    Optional<String> listed = module.flatMap(LoaderModule::name);
    if (listed.isPresent() || node == null) {
      return listed.orElse("");
    }
    String file = memory.section(node).map(VadSection::fileName).orElse("");
    return file.substring(file.lastIndexOf('\\') + 1);
  }
}
