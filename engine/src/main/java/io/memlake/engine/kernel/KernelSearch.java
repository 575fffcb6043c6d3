package io.memlake.engine.kernel;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the kernel in one address space by every means that needs no symbols. All means are tried;
 * each leaves a vote.
 */
final class KernelSearch {
  /** How far the kernel's first byte may lie before an address inside it. */
  private static final long STEP_BACK_LIMIT = 32L << 20;

  /** DllBase of a loader entry; the same in every version. */
  private static final int DLL_BASE_OFFSET = 0x30;

  private static final int DLL_BASE_OFFSET_32 = 0x18;

  private static final String[] KERNEL_POINTER_HINTS = {
    ImageHints.KDBG, ImageHints.PS_LOADED_MODULE_LIST, ImageHints.PS_ACTIVE_PROCESS_HEAD
  };

  private final PhysicalMemory memory;
  private final PagedAddressSpace space;
  private final List<LocatorVote> votes = new ArrayList<>();
  private KernelImage best;

  private KernelSearch(PhysicalMemory memory, PagedAddressSpace space) {
    this.memory = memory;
    this.space = space;
  }

  /**
   * Searches the kernel.
   *
   * @param stub the low stub, if one was found
   * @param namedBases kernel bases that debugger blocks in RAM name
   */
  static Result in(
      PhysicalMemory memory,
      PagedAddressSpace space,
      ImageHints hints,
      Optional<LowStub> stub,
      List<Long> namedBases)
      throws IOException {
    KernelSearch search = new KernelSearch(memory, space);
    search.byDebuggerBlocks(namedBases);
    if (stub.isPresent()) {
      search.byStepBack("kernel.low_stub", stub.get().entry());
    }
    search.byLoaderList(search.pointer(hints, ImageHints.PS_LOADED_MODULE_LIST));
    for (String hint : KERNEL_POINTER_HINTS) {
      OptionalLong pointer = search.pointer(hints, hint);
      if (pointer.isPresent()) {
        search.byStepBack("kernel.header_" + hint, pointer.getAsLong());
      }
    }
    search.byTables();
    return new Result(Optional.ofNullable(search.best), search.votes);
  }

  /** Headers of 32-bit dumps keep addresses with or without sign. */
  private OptionalLong pointer(ImageHints hints, String hint) {
    OptionalLong value = hints.number(hint);
    return value.isPresent() ? OptionalLong.of(space.mode().normalize(value.getAsLong())) : value;
  }

  private void byDebuggerBlocks(List<Long> namedBases) throws IOException {
    String locator = "kernel.kdbg";
    for (long base : namedBases.stream().distinct().toList()) {
      Optional<KernelImage> image = KernelImage.at(space, base);
      if (image.isPresent()) {
        accept(locator, image.get());
      } else if (space.translate(base) != AddressSpace.ABSENT) {
        accept(locator, KernelImage.known(base, "named by a debugger block"));
      } else {
        reject(locator, base, "the page tables map nothing there");
      }
    }
  }

  private void byLoaderList(OptionalLong head) throws IOException {
    if (head.isEmpty()) {
      return;
    }
    String locator = "kernel.loader_list";
    byte[] pointer = new byte[Long.BYTES];
    int width = space.pointerSize();
    if (!space.read(head.getAsLong(), pointer, 0, width)) {
      reject(locator, head.getAsLong(), "PsLoadedModuleList cannot be read");
      return;
    }
    long entry = space.pointer(pointer, 0);
    int dllBase = width == Long.BYTES ? DLL_BASE_OFFSET : DLL_BASE_OFFSET_32;
    if (entry == 0 || !space.read(entry + dllBase, pointer, 0, width)) {
      reject(locator, head.getAsLong(), "its first entry " + Hex.address(entry) + " is unreadable");
      return;
    }
    take(locator, space.pointer(pointer, 0));
  }

  private void byStepBack(String locator, long inside) throws IOException {
    if (!space.isKernel(inside) || !space.mode().isCanonical(inside)) {
      reject(locator, inside, "is no kernel address");
      return;
    }
    long page = inside & -PhysicalMemory.PAGE_SIZE;
    byte[] magic = new byte[2];
    for (long at = page; page - at <= STEP_BACK_LIMIT; at -= PhysicalMemory.PAGE_SIZE) {
      if (space.read(at, magic, 0, 2) && LittleEndian.u16(magic, 0) == 0x5A4D) {
        Optional<KernelImage> image = KernelImage.at(space, at);
        if (image.isPresent() && image.get().contains(inside)) {
          accept(locator, image.get());
          return;
        }
      }
    }
    reject(locator, inside, "no kernel header lies up to 32 MiB before it");
  }

  private void byTables() throws IOException {
    String locator = "kernel.pe_scan";
    List<Long> executables =
        space.pointerSize() == Long.BYTES
            ? KernelRegion.executables(memory, space.dtb())
            : NarrowRegion.executables(space);
    int kernels = 0;
    for (long base : executables) {
      Optional<KernelImage> image = KernelImage.at(space, base);
      if (image.isPresent()) {
        accept(locator, image.get());
        kernels++;
      }
    }
    if (kernels == 0) {
      reject(locator, 0, "none of " + executables.size() + " mapped executables is a kernel");
    }
  }

  private void take(String locator, long base) throws IOException {
    Optional<KernelImage> image = KernelImage.at(space, base);
    if (image.isPresent()) {
      accept(locator, image.get());
    } else {
      reject(locator, base, "no kernel header lies there");
    }
  }

  private void accept(String locator, KernelImage image) {
    votes.add(LocatorVote.accepted(locator, image.base(), image.evidence()));
    boolean better =
        best == null
            || (best.pdb().isEmpty() && image.pdb().isPresent())
            || (best.size() == 0 && image.size() != 0 && best.base() == image.base());
    if (better) {
      best = image;
    }
  }

  private void reject(String locator, long value, String reason) {
    votes.add(LocatorVote.rejected(locator, value, reason));
  }

  /**
   * Outcome of a search.
   *
   * @param kernel the kernel that most speaks for
   * @param votes what each means said; accepted ones may name another base than {@code kernel}
   */
  record Result(Optional<KernelImage> kernel, List<LocatorVote> votes) {
    Result {
      long base = kernel.map(KernelImage::base).orElse(0L);
      votes =
          votes.stream()
              .map(
                  vote ->
                      vote.accepted() && vote.value() != base
                          ? LocatorVote.rejected(
                              vote.locator(), vote.value(), "another kernel has more evidence")
                          : vote)
              .toList();
    }
  }
}
