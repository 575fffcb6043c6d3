package io.memlake.engine.paging;

import io.memlake.engine.physical.PhysicalMemory;

/** Opens address spaces. Opening reads nothing: a wrong base shows itself as absent pages. */
public final class AddressSpaces {
  private AddressSpaces() {}

  /**
   * An x64 space with 4-level paging.
   *
   * @param memory the frames of the machine; the space does not close it
   * @param dtb directory table base or a whole CR3: PCID bits are ignored. With KVA shadow, the
   *     kernel base ({@code Pcb.DirectoryTableBase}): the tables behind {@code
   *     UserDirectoryTableBase} map next to nothing of the kernel, see {@link
   *     PagedAddressSpace#seeKernelThrough}
   */
  public static PagedAddressSpace x64(
      PhysicalMemory memory, long dtb, PteLayout layout, PagedOutPages pagedOut) {
    return open(PagingMode.X64, memory, dtb, layout, pagedOut);
  }

  /** A space of any mode; parameters as for {@link #x64}. */
  public static PagedAddressSpace open(
      PagingMode mode, PhysicalMemory memory, long dtb, PteLayout layout, PagedOutPages pagedOut) {
    return new PagedAddressSpace(memory, mode, dtb, layout, pagedOut);
  }
}
