package io.memlake.testdata.store;

import java.util.ArrayList;
import java.util.List;

/** Fills the regions of one store with pages, in units of 16 bytes. */
final class RegionWriter {
  /** 8192 units are 128 KiB. */
  static final int UNITS_SHIFT = 13;

  static final long UNITS_MASK = (1 << UNITS_SHIFT) - 1;

  private static final int UNIT = 16;
  private static final int REGION_SIZE = UNIT << UNITS_SHIFT;

  private final StoreMemory memory;
  private final long start;
  private final List<Long> regions = new ArrayList<>();
  private int used = REGION_SIZE;

  RegionWriter(StoreMemory memory, long start) {
    this.memory = memory;
    this.start = start;
  }

  /** Adds bytes and returns the key of their place: number of the region and unit inside it. */
  long add(byte[] bytes) {
    if (used + Math.max(bytes.length, UNIT) > REGION_SIZE) {
      // A gap between regions shows readers that compute addresses instead of reading them.
      regions.add(start + regions.size() * 3L * REGION_SIZE);
      used = 0;
    }
    int region = regions.size() - 1;
    long key = (long) region << UNITS_SHIFT | used / UNIT;
    memory.write(regions.get(region) + used, bytes);
    used += (bytes.length + UNIT - 1) / UNIT * UNIT;
    return key;
  }

  long address(long key) {
    return regions.get((int) (key >>> UNITS_SHIFT)) + (key & UNITS_MASK) * UNIT;
  }

  List<Long> regions() {
    return regions;
  }
}
