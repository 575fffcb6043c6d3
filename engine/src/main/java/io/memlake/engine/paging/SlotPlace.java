package io.memlake.engine.paging;

/** A page of a page file as one number. */
final class SlotPlace {
  /** Bits of an offset in pages: 32 in the entries of all 64-bit and PAE kernels. */
  static final int PAGE_BITS = 32;

  private SlotPlace() {}

  static boolean isPlace(int number, long page) {
    return number >= 0
        && number < PageTableCounts.PAGE_FILES
        && page >= 0
        && page >>> PAGE_BITS == 0;
  }

  static long of(int number, long page) {
    return (long) number << PAGE_BITS | page;
  }
}
