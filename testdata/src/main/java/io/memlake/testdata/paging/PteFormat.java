package io.memlake.testdata.paging;

/**
 * How a kernel writes x64 entries that are not valid.
 *
 * @param swizzles whether entries have a swizzle bit and the page-file number in bits 12 to 15, as
 *     since the August 2018 updates; before, the number is in bits 1 to 4
 * @param mask value of {@code InvalidPteMask}, 0 before the updates
 */
public record PteFormat(boolean swizzles, long mask) {
  private static final long SWIZZLE_BIT = 1 << 4;
  private static final long PROTOTYPE = 1 << 10;
  private static final long TRANSITION = 1 << 11;
  private static final int PROTECTION_SHIFT = 5;
  private static final int NEW_NUMBER_SHIFT = 12;
  private static final int OLD_NUMBER_SHIFT = 1;
  private static final int OFFSET_SHIFT = 32;
  private static final int ADDRESS_SHIFT = 16;
  private static final int FRAME_SHIFT = 12;

  /** Kernels since the updates on a processor whose highest address bit is 45. */
  public static PteFormat sinceUpdates() {
    return new PteFormat(true, 1L << 45);
  }

  /** Kernels before the updates. */
  public static PteFormat beforeUpdates() {
    return new PteFormat(false, 0);
  }

  /**
   * A page in a page file.
   *
   * @param masked whether the entry is stored with the mask applied, as the memory manager does
   *     whenever the result would otherwise name memory that could be cached
   */
  public long pageFile(int number, long slot, int protection, boolean masked) {
    int shift = swizzles ? NEW_NUMBER_SHIFT : OLD_NUMBER_SHIFT;
    long entry = (slot << OFFSET_SHIFT) | ((long) number << shift) | protection(protection);
    return stored(entry, masked);
  }

  /** A page that is still in its frame. */
  public long transition(long pfn, int protection, boolean masked) {
    return stored((pfn << FRAME_SHIFT) | TRANSITION | protection(protection), masked);
  }

  /** A page whose prototype entry is at a kernel address. */
  public long prototype(long address, boolean masked) {
    return stored((address << ADDRESS_SHIFT) | PROTOTYPE, masked);
  }

  /** A page for which the address descriptor must be asked. */
  public long lookup(int protection) {
    return (0xFFFFFFFFL << OFFSET_SHIFT) | PROTOTYPE | protection(protection);
  }

  /** A page of zeros that nobody touched. */
  public long demandZero(int protection) {
    return protection(protection);
  }

  private static long protection(int protection) {
    return (long) protection << PROTECTION_SHIFT;
  }

  private long stored(long entry, boolean masked) {
    if (!swizzles) {
      return entry;
    }
    return masked ? entry ^ mask : entry | SWIZZLE_BIT;
  }
}
