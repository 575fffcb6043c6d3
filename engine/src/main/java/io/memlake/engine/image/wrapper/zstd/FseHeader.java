package io.memlake.engine.image.wrapper.zstd;

import java.util.Arrays;

/**
 * The description of a distribution in a block (RFC 8878, 4.1.1).
 *
 * @param table what it describes
 * @param length bytes of the description
 */
record FseHeader(FseTable table, int length) {
  private static final int LEAST_LOG = 5;

  /**
   * Reads a description.
   *
   * @param from where it begins
   * @param end of the block
   * @param maxSymbol greatest symbol that may occur
   * @param maxLog largest table that may occur
   */
  static FseHeader read(byte[] bytes, int from, int end, int maxSymbol, int maxLog)
      throws BadBlockException {
    ForwardBits in = new ForwardBits(bytes, from, end);
    int log = in.take(4) + LEAST_LOG;
    if (log > maxLog) {
      throw new BadBlockException("a table is larger than the format allows");
    }
    short[] counts = new short[maxSymbol + 1];
    int symbol = 0;
    int remaining = 1 << log;
    while (remaining > 0) {
      if (symbol > maxSymbol) {
        throw new BadBlockException("a distribution has too many symbols");
      }
      int count = in.value(remaining + 1) - 1;
      remaining -= Math.abs(count);
      counts[symbol++] = (short) count;
      if (count == 0) {
        symbol += in.zeros();
      }
    }
    if (remaining < 0 || symbol > maxSymbol + 1) {
      throw new BadBlockException("a distribution does not add up");
    }
    return new FseHeader(FseTable.of(Arrays.copyOf(counts, symbol), log), in.length());
  }

  /** Bits from the first byte on. */
  private static final class ForwardBits {
    private final byte[] bytes;
    private final int from;
    private final int end;
    private int bit;

    ForwardBits(byte[] bytes, int from, int end) {
      this.bytes = bytes;
      this.from = from;
      this.end = end;
    }

    int take(int count) throws BadBlockException {
      if (from + (bit + count + 7) / 8 > end) {
        throw new BadBlockException("it ends inside a distribution");
      }
      return peek(count, true);
    }

    private int peek(int count, boolean move) {
      int value = 0;
      for (int i = 0; i < count; i++) {
        int at = from + (bit + i) / 8;
        int one = at < end ? bytes[at] >>> ((bit + i) & 7) & 1 : 0;
        value |= one << i;
      }
      bit += move ? count : 0;
      return value;
    }

    /** A number from 0 to {@code limit}; small ones take a bit less than large ones. */
    int value(int limit) throws BadBlockException {
      int width = 32 - Integer.numberOfLeadingZeros(limit);
      int spare = (1 << width) - 1 - limit;
      int low = peek(width - 1, false);
      if (low < spare) {
        take(width - 1);
        return low;
      }
      int value = take(width);
      return value >= 1 << (width - 1) ? value - spare : value;
    }

    /** How many further symbols do not occur. */
    int zeros() throws BadBlockException {
      int zeros = 0;
      int flag;
      do {
        flag = take(2);
        zeros += flag;
      } while (flag == 3);
      return zeros;
    }

    int length() {
      return (bit + 7) / 8;
    }
  }
}
