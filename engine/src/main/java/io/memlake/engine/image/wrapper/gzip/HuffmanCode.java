package io.memlake.engine.image.wrapper.gzip;

import java.util.Arrays;

/**
 * A canonical code of deflate. Codes of up to {@link #LOOKUP_BITS} bits are looked up, longer ones
 * are followed bit by bit. An entry is the symbol, and below it its length in {@link #LENGTH_BITS}
 * bits; 0 is no code.
 */
final class HuffmanCode {
  static final int LOOKUP_BITS = 11;
  static final int LENGTH_BITS = 4;
  static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

  private static final int MAX_BITS = 15;

  final int[] lookup = new int[1 << LOOKUP_BITS];
  private final int[] counts = new int[MAX_BITS + 1];
  private final int[] next = new int[MAX_BITS + 1];
  private final int[] symbols;

  HuffmanCode(int maxSymbols) {
    symbols = new int[maxSymbols];
  }

  /**
   * Builds the code.
   *
   * @param lengths of the codes of {@code size} symbols from {@code from}; 0 is none
   * @return false when they describe no code: too many short ones, or gaps in a code that is used
   */
  boolean build(byte[] lengths, int from, int size) {
    Arrays.fill(counts, 0);
    for (int i = 0; i < size; i++) {
      counts[lengths[from + i]]++;
    }
    int used = size - counts[0];
    counts[0] = 0;
    int left = 1;
    int place = 0;
    for (int length = 1; length <= MAX_BITS; length++) {
      left = (left << 1) - counts[length];
      if (left < 0) {
        return false;
      }
      next[length] = place;
      place += counts[length];
    }
    // A single code of one bit, or none at all, is how encoders say that there are no copies.
    if (left > 0 && (used > 1 || (used == 1 && counts[1] != 1))) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      int length = lengths[from + i];
      if (length > 0) {
        symbols[next[length]++] = i;
      }
    }
    fillLookup();
    return true;
  }

  private void fillLookup() {
    Arrays.fill(lookup, 0);
    int code = 0;
    int place = 0;
    for (int length = 1; length <= LOOKUP_BITS; length++) {
      for (int i = 0; i < counts[length]; i++) {
        int reversed = Integer.reverse(code) >>> (Integer.SIZE - length);
        int entry = symbols[place++] << LENGTH_BITS | length;
        for (int at = reversed; at < lookup.length; at += 1 << length) {
          lookup[at] = entry;
        }
        code++;
      }
      code <<= 1;
    }
  }

  /** The entry for the lowest of {@code bits}; 0 when they begin no code. */
  int find(long bits) {
    int entry = lookup[(int) bits & ((1 << LOOKUP_BITS) - 1)];
    return entry != 0 ? entry : follow(bits);
  }

  private int follow(long bits) {
    int code = 0;
    int first = 0;
    int place = 0;
    for (int length = 1; length <= MAX_BITS; length++) {
      code |= (int) (bits >>> (length - 1)) & 1;
      int count = counts[length];
      if (code - first < count) {
        return symbols[place + code - first] << LENGTH_BITS | length;
      }
      place += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    return 0;
  }
}
