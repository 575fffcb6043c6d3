package io.memlake.engine.scan;

import io.memlake.engine.bytes.LittleEndian;
import java.util.List;

/**
 * Tells with one table lookup whether four bytes are one of the wanted tags.
 *
 * <p>The multiplier is chosen so that every wanted tag has a slot of its own; a slot without a tag
 * holds a value that belongs elsewhere and so never matches.
 */
final class PoolTagFilter {
  private static final int SLOT_BITS = 10;
  private static final int SHIFT = Integer.SIZE - SLOT_BITS;
  private static final int MAX_ATTEMPTS = 100_000;

  /** The multiplier; the hot loop copies both into locals. */
  final int multiplier;

  /** The wanted tag of each slot. */
  final int[] tags;

  private static final int BLOCK_SIZE_BITS_32 = 9;

  private final int[] minimumUnits;
  private final boolean wide;

  /**
   * A filter for {@code wanted}.
   *
   * @param wide whether headers have 16 bytes, as in 64-bit kernels, or 8
   */
  PoolTagFilter(List<PoolTag> wanted, boolean wide) {
    this.wide = wide;
    int candidate = 0x9E3779B1;
    for (int attempt = 0; !separates(wanted, candidate); attempt++) {
      if (attempt == MAX_ATTEMPTS) {
        throw new IllegalArgumentException("Too many pool tags for one table: " + wanted.size());
      }
      candidate = candidate * 0x2C1B3C6D + 0x297A2D38 | 1;
    }
    multiplier = candidate;
    tags = new int[1 << SLOT_BITS];
    minimumUnits = new int[1 << SLOT_BITS];
    int foreign = 1;
    while (slot(foreign, multiplier) == 0) {
      foreign += 2;
    }
    tags[0] = foreign;
    for (PoolTag tag : wanted) {
      int slot = slot(tag.value(), multiplier);
      tags[slot] = tag.value();
      minimumUnits[slot] = (tag.minimumBytes() + 15) >>> 4;
    }
  }

  private static boolean separates(List<PoolTag> wanted, int multiplier) {
    boolean[] taken = new boolean[1 << SLOT_BITS];
    for (PoolTag tag : wanted) {
      int slot = slot(tag.value(), multiplier);
      if (taken[slot]) {
        return false;
      }
      taken[slot] = true;
    }
    return true;
  }

  /** The slot of four bytes. */
  static int slot(int value, int multiplier) {
    return (value * multiplier) >>> SHIFT;
  }

  boolean wants(int value) {
    return tags[slot(value, multiplier)] == value;
  }

  /**
   * Whether the pool header at {@code offset}, whose tag is wanted, is large enough for its object.
   */
  boolean plausible(byte[] bytes, int offset) {
    int tag = LittleEndian.i32(bytes, offset + 4);
    // 32-bit kernels count in halves of the unit, and their objects are at least half as large.
    int blockSize =
        wide
            ? LittleEndian.u8(bytes, offset + 2)
            : LittleEndian.u16(bytes, offset + 2) & ((1 << BLOCK_SIZE_BITS_32) - 1);
    return blockSize >= minimumUnits[slot(tag, multiplier)];
  }
}
