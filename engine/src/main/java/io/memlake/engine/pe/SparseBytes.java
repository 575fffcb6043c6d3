package io.memlake.engine.pe;

import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;

/** A table of an image of which pages may be absent; those read as zeroes. */
final class SparseBytes {
  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  private final byte[] bytes;
  private final int first;
  private final boolean[] present;
  private final boolean whole;

  private SparseBytes(byte[] bytes, int first, boolean[] present, boolean whole) {
    this.bytes = bytes;
    this.first = first;
    this.present = present;
    this.whole = whole;
  }

  static SparseBytes read(AddressSpace space, long at, int size) throws IOException {
    byte[] bytes = new byte[size];
    int first = (int) (at & (PAGE - 1));
    boolean[] present = new boolean[(first + size + PAGE - 1) / PAGE];
    int pages = space.readSparse(at, bytes, 0, size, present);
    return new SparseBytes(bytes, first, present, pages == present.length);
  }

  /** The table. */
  byte[] bytes() {
    return bytes;
  }

  /** Whether all of its pages were there. */
  boolean whole() {
    return whole;
  }

  /** Whether a range, at most a page long, lies inside of the table and is there. */
  boolean has(long at, int length) {
    return at >= 0
        && at + length <= bytes.length
        && present[(int) ((first + at) / PAGE)]
        && present[(int) ((first + at + length - 1) / PAGE)];
  }
}
