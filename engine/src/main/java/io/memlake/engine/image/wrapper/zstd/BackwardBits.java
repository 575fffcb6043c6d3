package io.memlake.engine.image.wrapper.zstd;

/**
 * Bits of a zstd bit stream, which is read from its last byte to its first. The highest set bit of
 * the last byte marks the end; bits before the first byte are zero.
 */
final class BackwardBits {
  private final byte[] bytes;
  private final int start;

  /** Bits not yet read; negative when more were read than there are. */
  private long left;

  /**
   * The stream of the bytes from {@code start} to before {@code end}.
   *
   * @throws BadBlockException when the mark of the end is missing
   */
  BackwardBits(byte[] bytes, int start, int end) throws BadBlockException {
    if (end <= start || bytes[end - 1] == 0) {
      throw new BadBlockException("its bit stream has no end");
    }
    this.bytes = bytes;
    this.start = start;
    int last = bytes[end - 1] & 0xFF;
    this.left = 8L * (end - start) - Integer.numberOfLeadingZeros(last) + 24 - 1;
  }

  /** The next {@code count} bits, at most 32, as a number. */
  long read(int count) {
    left -= count;
    long value = 0;
    int done = 0;
    while (done < count) {
      long bit = left + done;
      int inByte = (int) (bit & 7);
      int taken = Math.min(8 - inByte, count - done);
      if (bit >= 0) {
        int part = (bytes[start + (int) (bit >>> 3)] & 0xFF) >>> inByte;
        value |= (part & ((1L << taken) - 1)) << done;
      }
      done += taken;
    }
    return value;
  }

  /** Bits not yet read; negative when more were read than there are. */
  long left() {
    return left;
  }
}
