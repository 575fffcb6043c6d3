package io.memlake.engine.objects.registry;

/** The data of a value, as far as they could be read. */
public final class ValueData {
  private final byte[] bytes;
  private final int length;
  private final int missing;

  ValueData(byte[] bytes, int length, int missing) {
    this.bytes = bytes;
    this.length = length;
    this.missing = missing;
  }

  /**
   * The data, not copied. Zeros stand for absent pages; shorter than {@link #length()} when the
   * rest is out of reach or beyond {@link Hive#MAX_DATA}.
   */
  public byte[] bytes() {
    return bytes;
  }

  /** Bytes that the value claims to have. */
  public int length() {
    return length;
  }

  /** How many of them could not be read. */
  public int missing() {
    return missing;
  }

  /** Whether every byte was read. */
  public boolean complete() {
    return missing == 0;
  }
}
