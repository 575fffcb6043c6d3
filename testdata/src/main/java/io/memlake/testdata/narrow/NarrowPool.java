package io.memlake.testdata.narrow;

import io.memlake.testdata.layout.KernelLayout;
import java.nio.charset.StandardCharsets;

/** Kernel pool of 32-bit Windows: blocks of units of 8 bytes behind headers of 8 bytes. */
final class NarrowPool {
  private static final int HEADER = 8;
  private static final int UNIT = 8;
  private static final int IN_USE = 2;
  private static final int PAGE = NarrowTables.PAGE;

  private final NarrowSpace space;
  private final KernelLayout layout;
  private long next;
  private int previousUnits;

  NarrowPool(NarrowSpace space, KernelLayout layout, long start) {
    this.space = space;
    this.layout = layout;
    this.next = start;
  }

  /** Allocates a block of less than a page; returns the address behind its header. */
  long allocate(String tag, int size) {
    int units = (size + HEADER + UNIT - 1) / UNIT;
    if ((next & (PAGE - 1)) + (long) units * UNIT > PAGE) {
      next = (next + PAGE - 1) & -PAGE;
      previousUnits = 0;
    }
    // Objects do not always begin on a border of 16 bytes.
    if ((next & (PAGE - 1)) == 0) {
      header(1, "Free");
      next += UNIT;
    }
    header(units, tag);
    long block = next + HEADER;
    next += (long) units * UNIT;
    return block;
  }

  private void header(int units, String tag) {
    space
        .at(next, layout.struct("_POOL_HEADER"))
        .set("PreviousSize", previousUnits)
        .set("BlockSize", units)
        .set("PoolType", IN_USE);
    space.write(
        next + layout.struct("_POOL_HEADER").offset("PoolTag"),
        tag.getBytes(StandardCharsets.ISO_8859_1));
    previousUnits = units;
  }

  /** Allocates whole pages without a header. */
  long allocatePages(int pages) {
    next = (next + PAGE - 1) & -PAGE;
    long start = next;
    for (int i = 0; i < pages; i++) {
      space.touch(start + (long) i * PAGE);
    }
    next += (long) pages * PAGE;
    previousUnits = 0;
    return start;
  }
}
