package io.memlake.engine.paging;

import io.memlake.engine.physical.FrameMap;

/**
 * Writes page tables as the processor manual describes them, by code of its own: nothing here calls
 * the walk or the modes of the engine.
 */
final class TableWriter {
  static final long PRESENT_USER = 0x67;
  static final long NO_EXECUTE = 1L << 63;

  final FrameMap frames;
  final long root;
  private final int levels;
  private long nextTable;

  /** A space with {@code levels} levels of 512 entries whose root is the frame {@code rootPfn}. */
  TableWriter(int levels, long rootPfn) {
    this(levels, rootPfn, new FrameMap());
  }

  /** A further space in the same RAM. */
  TableWriter(int levels, long rootPfn, FrameMap frames) {
    this.frames = frames;
    this.levels = levels;
    this.root = rootPfn << 12;
    this.nextTable = rootPfn + 1;
    frames.frame(rootPfn);
  }

  /**
   * Physical address of the entry that decides about the address at a level; 1 is the page table.
   */
  long slot(long virtualAddress, int level) {
    long table = root;
    for (int at = levels; at > level; at--) {
      long place = table + index(virtualAddress, at) * 8;
      long entry = get(place);
      if (entry == 0) {
        entry = (nextTable++ << 12) | PRESENT_USER;
        frames.frame(entry >>> 12);
        frames.putLong(place, entry);
      }
      table = entry & 0x000F_FFFF_FFFF_F000L;
    }
    return table + index(virtualAddress, level) * 8;
  }

  TableWriter entry(long virtualAddress, long entry) {
    frames.putLong(slot(virtualAddress, 1), entry);
    return this;
  }

  TableWriter map(long virtualAddress, long pfn) {
    return entry(virtualAddress, (pfn << 12) | PRESENT_USER);
  }

  /** A large page: level 2 is 2 MiB, level 3 is 1 GiB. */
  TableWriter large(long virtualAddress, int level, long physicalAddress) {
    frames.putLong(slot(virtualAddress, level), physicalAddress | PRESENT_USER | 0x80);
    return this;
  }

  long get(long physicalAddress) {
    byte[] frame = frames.frame(physicalAddress >>> 12);
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = value << 8 | (frame[(int) (physicalAddress & 0xFFF) + i] & 0xFF);
    }
    return value;
  }

  private static long index(long virtualAddress, int level) {
    return (virtualAddress >>> (12 + 9 * (level - 1))) & 511;
  }
}
