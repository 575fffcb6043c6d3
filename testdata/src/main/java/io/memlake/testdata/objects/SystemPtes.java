package io.memlake.testdata.objects;

import io.memlake.testdata.kernel.KernelRegions;

/** Hands out kernel addresses for stacks and single mappings, with a guard page between them. */
public final class SystemPtes {

  private static final long PAGE = 0x1000;

  private long next;

  /** Nothing is handed out yet. */
  public SystemPtes(KernelRegions regions) {
    next = regions.systemPtes();
  }

  /** The address of a new range; its pages are not mapped. */
  public long reserve(int pages) {
    long start = next;
    next += (pages + 1) * PAGE;
    return start;
  }
}
