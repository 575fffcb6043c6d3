package io.memlake.engine.artifacts.stack;

import io.memlake.engine.objects.module.KernelAddressNames;
import io.memlake.engine.objects.module.KernelModule;
import io.memlake.engine.objects.stack.CodeImage;
import io.memlake.engine.objects.stack.CodeImages;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The kernel and its drivers; each is read when a stack first leads there. */
final class KernelCode implements CodeImages {
  private final AddressSpace space;
  private final KernelAddressNames modules;
  private final Map<Long, CodeImage> images = new HashMap<>();

  KernelCode(AddressSpace space, KernelAddressNames modules) {
    this.space = space;
    this.modules = modules;
  }

  @Override
  public Optional<CodeImage> at(long address) throws IOException {
    if (address >= 0) {
      return Optional.empty();
    }
    Optional<KernelModule> module = modules.module(address);
    if (module.isEmpty()) {
      return Optional.empty();
    }
    long base = module.get().base();
    CodeImage image = images.get(base);
    if (image == null) {
      image = CodeImage.of(space, module.get().name().orElse(""), base, module.get().size());
      images.put(base, image);
    }
    return Optional.of(image);
  }
}
