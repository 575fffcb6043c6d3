package io.memlake.engine.objects.stack;

/**
 * Where a stack lies.
 *
 * @param limit lowest address
 * @param base first address behind it, where it began
 */
public record StackBounds(long limit, long base) {
  /** Bytes of one stack that are looked at; programs rarely reserve more than this. */
  private static final long MAXIMUM = 64L << 20;

  /** Whether this can be a stack. */
  public boolean isSound() {
    return Long.compareUnsigned(limit, base) < 0
        && base - limit <= MAXIMUM
        && (limit & 7) == 0
        && (base & 7) == 0;
  }

  /** Whether 8 bytes at an address lie in it. */
  public boolean holds(long address) {
    return Long.compareUnsigned(address, limit) >= 0
        && Long.compareUnsigned(address, base - Long.BYTES) <= 0;
  }
}
