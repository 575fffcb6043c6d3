package io.memlake.engine.image.wrapper.zstd;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The three codes of a sequence (RFC 8878, 3.1.1.3.2): how their numbers follow from symbols, and
 * which distribution holds when a block names none.
 */
enum SequenceKind {
  LITERAL_LENGTH(9),
  OFFSET(8),
  MATCH_LENGTH(9);

  /** Offsets of more bits than this would leave any window. */
  static final int MAX_OFFSET_SYMBOL = 31;

  private static final int[] LITERAL_BITS = bits(16, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6);
  private static final int[] MATCH_BITS = bits(32, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7);
  private static final int[] LITERAL_BASES = bases(LITERAL_BITS, 36, 0);
  private static final int[] MATCH_BASES = bases(MATCH_BITS, 53, 3);

  private static final Map<SequenceKind, FseTable> USUAL = new EnumMap<>(SequenceKind.class);

  static {
    try {
      USUAL.put(
          LITERAL_LENGTH,
          FseTable.of(
              counts(4, 3, rep(11, 2), rep(3, 1), rep(9, 2), 3, 2, rep(5, 1), rep(4, -1)), 6));
      USUAL.put(OFFSET, FseTable.of(counts(rep(6, 1), rep(3, 2), rep(15, 1), rep(5, -1)), 5));
      USUAL.put(MATCH_LENGTH, FseTable.of(counts(1, 4, 3, rep(6, 2), rep(37, 1), rep(7, -1)), 6));
    } catch (BadBlockException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int maxLog;

  SequenceKind(int maxLog) {
    this.maxLog = maxLog;
  }

  int maxLog() {
    return maxLog;
  }

  int maxSymbol() {
    return switch (this) {
      case LITERAL_LENGTH -> 35;
      case OFFSET -> MAX_OFFSET_SYMBOL;
      case MATCH_LENGTH -> 52;
    };
  }

  /** The table of blocks that name none. */
  FseTable usual() {
    return USUAL.get(this);
  }

  static long literalLength(int symbol, BackwardBits in) {
    return LITERAL_BASES[symbol] + in.read(extra(LITERAL_BITS, symbol));
  }

  static long matchLength(int symbol, BackwardBits in) {
    return MATCH_BASES[symbol] + in.read(extra(MATCH_BITS, symbol));
  }

  /** Behind the irregular middle, each symbol has one bit more than the one before. */
  private static int extra(int[] bits, int symbol) {
    return symbol < bits.length ? bits[symbol] : bits[bits.length - 1] + symbol - bits.length + 1;
  }

  private static int[] bits(int plain, int... more) {
    int[] bits = new int[plain + more.length];
    System.arraycopy(more, 0, bits, plain, more.length);
    return bits;
  }

  private static int[] bases(int[] bits, int symbols, int least) {
    int[] bases = new int[symbols];
    int base = least;
    for (int symbol = 0; symbol < symbols; symbol++) {
      bases[symbol] = base;
      base += 1 << extra(bits, symbol);
    }
    return bases;
  }

  private static int[] rep(int times, int count) {
    int[] counts = new int[times];
    Arrays.fill(counts, count);
    return counts;
  }

  private static short[] counts(Object... parts) {
    short[] counts = new short[64];
    int size = 0;
    for (Object part : parts) {
      for (int count : part instanceof int[] several ? several : new int[] {(Integer) part}) {
        counts[size++] = (short) count;
      }
    }
    return Arrays.copyOf(counts, size);
  }
}
