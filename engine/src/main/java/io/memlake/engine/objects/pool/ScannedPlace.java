package io.memlake.engine.objects.pool;

/**
 * Where a scan read a byte, as one number: a byte of RAM by its physical address, bytes of other
 * layers above every physical address. Pages of a place are numbered as frames are, {@code place
 * >>> 12}.
 */
public final class ScannedPlace {
  /** Physical addresses of x64 have at most so many bits. */
  private static final int LAYER_SHIFT = 52;

  private static final long OFFSET_MASK = (1L << LAYER_SHIFT) - 1;

  private ScannedPlace() {}

  /**
   * A byte of a layer.
   *
   * @param layer number of the layer, from 1; 0 is RAM
   * @param offset where the byte lies in it; a header may lie before its first byte
   */
  static long of(int layer, long offset) {
    return ((long) layer << LAYER_SHIFT) + offset;
  }

  /** Whether it is a physical address. */
  public static boolean isPhysical(long place) {
    return place >>> LAYER_SHIFT == 0;
  }

  /** Physical address, or where the byte lies in its layer. */
  public static long offset(long place) {
    return place & OFFSET_MASK;
  }

  /** Number of the layer, 0 for RAM. */
  static int layer(long place) {
    return (int) (place >>> LAYER_SHIFT);
  }
}
