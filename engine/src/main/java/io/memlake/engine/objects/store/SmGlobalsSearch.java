package io.memlake.engine.objects.store;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.pe.PeImage;
import io.memlake.engine.pe.PeSection;
import io.memlake.engine.symbols.SymbolTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds {@code SmGlobals}: by its symbol, by code that loads its address, and by what it points to.
 * Every find is only a candidate; {@link StoreSelection} tries them.
 */
public final class SmGlobalsSearch {
  private static final String SYMBOL = "?SmGlobals@@3U_SM_GLOBALS@@A";
  private static final String CACHE_ALIGNED = "CACHEALI";
  private static final String DATA = ".data";
  private static final int WINDOW = 1 << 16;
  private static final int MAX_CANDIDATES = 16;

  /** Kernels have 11 to 17 MiB; a header that claims more is damaged. */
  private static final long MAX_IMAGE = 64L << 20;

  /** Tag of the arrays of stores, as it stands in the pool header. */
  private static final int ARRAY_TAG = 'a' << 24 | 'S' << 16 | 'm' << 8 | 's';

  private final AddressSpace kernel;
  private final KernelPointers memory;
  private final Set<SmGlobals> found = new LinkedHashSet<>();

  private SmGlobalsSearch(AddressSpace kernel) {
    this.kernel = kernel;
    this.memory = new KernelPointers(kernel, kernel.pointerSize());
  }

  /** The symbol's address; empty when the symbols do not have it. */
  public static List<SmGlobals> bySymbol(long kernelBase, SymbolTable symbols) {
    OptionalLong rva = symbols.findSymbol(SYMBOL);
    return rva.isPresent()
        ? List.of(new SmGlobals(kernelBase + rva.getAsLong(), "symbol"))
        : List.of();
  }

  /**
   * Searches the code and data of the kernel at {@code kernelBase}.
   *
   * @return candidates, the likeliest first; none when the kernel's header is not in the evidence
   */
  public static List<SmGlobals> byPattern(AddressSpace kernel, long kernelBase) throws IOException {
    SmGlobalsSearch search = new SmGlobalsSearch(kernel);
    Optional<PeImage> image = PeImage.at(kernel, kernelBase);
    if (image.isPresent() && image.get().sizeOfImage() <= MAX_IMAGE) {
      search.inCode(image.get());
      search.inData(image.get());
    }
    return List.copyOf(search.found);
  }

  private void inCode(PeImage image) throws IOException {
    CodePattern pattern = memory.pointerSize() == Long.BYTES ? CodePattern.X64 : CodePattern.X86;
    byte[] window = new byte[WINDOW + CodePattern.LENGTH];
    for (PeSection section : image.sections()) {
      for (int done = 0; section.executable() && done < section.size(); done += WINDOW) {
        int length = readWindow(section.address() + done, window, section.size() - done);
        for (int i = 0; i + CodePattern.LENGTH <= length; i++) {
          if (pattern.matches(window, i)) {
            long target = pattern.target(window, i, section.address() + done + i);
            if (target >= image.base() && target < image.base() + image.sizeOfImage()) {
              add(target, "code pattern");
            }
          }
        }
      }
    }
  }

  private void inData(PeImage image) throws IOException {
    List<PeSection> sections = new ArrayList<>();
    for (String name : List.of(CACHE_ALIGNED, DATA)) {
      image.sections().stream().filter(s -> s.name().equals(name)).forEach(sections::add);
    }
    int pointer = memory.pointerSize();
    byte[] window = new byte[WINDOW + CodePattern.LENGTH];
    for (PeSection section : sections) {
      for (int done = 0; done < section.size(); done += WINDOW) {
        int length = readWindow(section.address() + done, window, section.size() - done);
        for (int i = 0; i + pointer <= Math.min(length, WINDOW); i += pointer) {
          long value =
              pointer == Long.BYTES ? LittleEndian.i64(window, i) : LittleEndian.u32(window, i);
          if (memory.isKernel(value) && (value & (pointer - 1)) == 0) {
            tryPointer(section.address() + done + i, value);
          }
        }
      }
    }
  }

  /** A pointer may be the manager's first array, or the pointer to the manager's block. */
  private void tryPointer(long address, long value) throws IOException {
    boolean direct = false;
    for (StoreLayout layout : StoreLayouts.all()) {
      if (layout.pointerSize() != memory.pointerSize()) {
        continue;
      }
      if (layout.globalsPointer() < 0) {
        direct = direct || (isArray(value) && hasTree(address, layout));
      } else {
        long manager = value - layout.globalsAdjust();
        if (hasTree(manager, layout) && isArray(memory.pointer(manager))) {
          add(address - layout.globalsPointer(), "data pattern");
        }
      }
    }
    if (direct) {
      add(address, "data pattern");
    }
  }

  private boolean hasTree(long manager, StoreLayout layout) throws IOException {
    return memory.isKernelPage(memory.pointer(manager + layout.keyToStoreTree()));
  }

  /** The tag stands 12 bytes before a 64-bit allocation and 4 before a 32-bit one. */
  private boolean isArray(long pointer) throws IOException {
    int back = memory.pointerSize() == Long.BYTES ? 12 : 4;
    return memory.isKernel(pointer) && memory.number(pointer - back) == ARRAY_TAG;
  }

  private void add(long address, String source) {
    boolean known = found.stream().anyMatch(globals -> globals.address() == address);
    if (!known && found.size() < MAX_CANDIDATES) {
      found.add(new SmGlobals(address, source));
    }
  }

  private int readWindow(long address, byte[] window, int left) throws IOException {
    int length = Math.min(window.length, left);
    kernel.readSparse(address, window, 0, length, new boolean[length / 4096 + 2]);
    return length;
  }
}
