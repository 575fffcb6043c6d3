package io.memlake.engine.image.crashdump;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;

/** Checks runs as headers give them, before any arithmetic on them. */
final class DumpRuns {
  private DumpRuns() {}

  static void add(
      ExtentTableBuilder extents,
      String file,
      long basePage,
      long pageCount,
      long location,
      long definedAt)
      throws CorruptImageException {
    if (basePage < 0
        || pageCount <= 0
        || basePage > PageRun.MAX_PFN
        || pageCount > PageRun.MAX_PFN - basePage) {
      throw new CorruptImageException(
          file,
          definedAt,
          "the run of "
              + Long.toUnsignedString(pageCount)
              + " pages at page "
              + Hex.address(basePage)
              + " is not a run of RAM");
    }
    extents.addStored(
        basePage << PhysicalMemory.PAGE_SHIFT,
        pageCount << PhysicalMemory.PAGE_SHIFT,
        0,
        location,
        definedAt);
  }
}
