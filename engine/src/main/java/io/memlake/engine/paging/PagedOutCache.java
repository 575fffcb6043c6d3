package io.memlake.engine.paging;

import io.memlake.engine.physical.PhysicalMemory;
import java.util.Arrays;

/**
 * The pages of one address space that were last brought back from a page file or the compressed
 * store. Many small reads of one structure then cost one decompression.
 */
final class PagedOutCache {
  private static final int SLOTS = 16;
  private static final long VACANT = -1;

  private final long[] addresses = new long[SLOTS];
  private final byte[][] pages = new byte[SLOTS][];
  private byte[] spare;

  PagedOutCache() {
    Arrays.fill(addresses, VACANT);
  }

  boolean holds(long pageAddress) {
    return addresses[slot(pageAddress)] == pageAddress;
  }

  /**
   * A page to read into. The reader may come back to this space before it is done, so a buffer that
   * was taken belongs to the taker until {@link #keep} or {@link #giveBack}.
   */
  byte[] takeBuffer() {
    byte[] page = spare == null ? new byte[PhysicalMemory.PAGE_SIZE] : spare;
    spare = null;
    return page;
  }

  void keep(long pageAddress, byte[] page) {
    int slot = slot(pageAddress);
    spare = pages[slot];
    pages[slot] = page;
    addresses[slot] = pageAddress;
  }

  /** Returns a buffer that nothing was read into: most pages of a module were never in use. */
  void giveBack(byte[] page) {
    spare = page;
  }

  boolean copy(long virtualAddress, byte[] target, int offset, int count) {
    int inPage = (int) virtualAddress & (PhysicalMemory.PAGE_SIZE - 1);
    System.arraycopy(pages[slot(virtualAddress)], inPage, target, offset, count);
    return true;
  }

  private static int slot(long virtualAddress) {
    long page = virtualAddress >>> PhysicalMemory.PAGE_SHIFT;
    return (int) (page ^ (page >>> 9)) & (SLOTS - 1);
  }
}
