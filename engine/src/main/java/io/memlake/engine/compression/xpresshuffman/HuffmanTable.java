package io.memlake.engine.compression.xpresshuffman;

import java.util.Arrays;

/**
 * The canonical code of one block: 512 symbols, codes of 1 to 15 bits, ordered by length and then
 * by symbol. Short codes are looked up, long ones are searched by length.
 */
final class HuffmanTable {
  /** Bytes of the table in the stream: two 4-bit lengths each. */
  static final int STORED_SIZE = 256;

  static final int SYMBOLS = 512;
  static final int MAX_BITS = 15;

  /** Bits of an entry that hold the length of the code; the symbol is above them. */
  static final int LENGTH_BITS = 4;

  private static final int LOOKUP_BITS = 11;
  private static final int LENGTH_MASK = (1 << LENGTH_BITS) - 1;

  private final short[] lookup = new short[1 << LOOKUP_BITS];
  private final short[] bySymbolOrder = new short[SYMBOLS];
  private final int[] counts = new int[MAX_BITS + 1];

  /** For each length, the first 15-bit code behind all codes of that length or shorter. */
  private final int[] limits = new int[MAX_BITS + 1];

  /** For each length, what to subtract from a code to get its place in {@link #bySymbolOrder}. */
  private final int[] bias = new int[MAX_BITS + 1];

  private final int[] next = new int[MAX_BITS + 1];

  /**
   * Reads the lengths at {@code offset}.
   *
   * @return false when they do not describe a code that gives every bit string a meaning
   */
  boolean read(byte[] input, int offset) {
    Arrays.fill(counts, 0);
    for (int i = 0; i < STORED_SIZE; i++) {
      counts[input[offset + i] & LENGTH_MASK]++;
      counts[(input[offset + i] >>> 4) & LENGTH_MASK]++;
    }
    int code = 0;
    int place = 0;
    for (int length = 1; length <= MAX_BITS; length++) {
      next[length] = place;
      bias[length] = (code >>> (MAX_BITS - length)) - place;
      place += counts[length];
      code += counts[length] << (MAX_BITS - length);
      limits[length] = code;
    }
    if (code != 1 << MAX_BITS) {
      return false;
    }
    for (int symbol = 0; symbol < SYMBOLS; symbol++) {
      int length = (input[offset + (symbol >>> 1)] >>> ((symbol & 1) << 2)) & LENGTH_MASK;
      if (length > 0) {
        bySymbolOrder[next[length]++] = (short) (symbol << LENGTH_BITS | length);
      }
    }
    int filled = 0;
    for (int i = 0; i < place; i++) {
      int length = bySymbolOrder[i] & LENGTH_MASK;
      if (length > LOOKUP_BITS) {
        break;
      }
      int end = filled + (1 << (LOOKUP_BITS - length));
      Arrays.fill(lookup, filled, end, bySymbolOrder[i]);
      filled = end;
    }
    Arrays.fill(lookup, filled, lookup.length, (short) 0);
    return true;
  }

  /**
   * The symbol whose code starts the 32 bits, and the length of that code below it in {@link
   * #LENGTH_BITS} bits.
   */
  int find(int bits) {
    int entry = lookup[bits >>> (Integer.SIZE - LOOKUP_BITS)];
    return entry != 0 ? entry : search(bits >>> (Integer.SIZE - MAX_BITS));
  }

  private int search(int code) {
    int length = LOOKUP_BITS + 1;
    while (code >= limits[length]) {
      length++;
    }
    return bySymbolOrder[(code >>> (MAX_BITS - length)) - bias[length]];
  }
}
