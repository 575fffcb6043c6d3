package io.memlake.engine.image.wrapper.zstd;

/**
 * A decoding table of finite state entropy (RFC 8878, 4.1): each state stands for a symbol and says
 * how many bits lead to the next state.
 */
final class FseTable {
  private final int log;
  private final byte[] symbols;
  private final byte[] bits;
  private final short[] bases;

  private FseTable(int log) {
    this.log = log;
    this.symbols = new byte[1 << log];
    this.bits = new byte[1 << log];
    this.bases = new short[1 << log];
  }

  /** A table in which every state is one symbol. */
  static FseTable repeating(int symbol) {
    FseTable table = new FseTable(0);
    table.symbols[0] = (byte) symbol;
    return table;
  }

  /**
   * The table of a distribution.
   *
   * @param counts states of each symbol; -1 stands for a symbol rarer than one state
   * @param log of the number of states, which the counts add up to
   */
  static FseTable of(short[] counts, int log) throws BadBlockException {
    FseTable table = new FseTable(log);
    int size = 1 << log;
    int[] next = new int[counts.length];
    int top = size;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      next[symbol] = counts[symbol] < 0 ? 1 : counts[symbol];
      if (counts[symbol] < 0) {
        table.symbols[--top] = (byte) symbol;
      }
    }
    table.spread(counts, top);
    for (int state = 0; state < size; state++) {
      int value = next[table.symbols[state]]++;
      int count = log - (31 - Integer.numberOfLeadingZeros(value));
      table.bits[state] = (byte) count;
      table.bases[state] = (short) ((value << count) - size);
    }
    return table;
  }

  private void spread(short[] counts, int top) throws BadBlockException {
    int size = 1 << log;
    int step = (size >> 1) + (size >> 3) + 3;
    int at = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      for (int i = 0; i < counts[symbol]; i++) {
        symbols[at] = (byte) symbol;
        do {
          at = (at + step) & (size - 1);
        } while (at >= top);
      }
    }
    if (at != 0) {
      throw new BadBlockException("a distribution does not fill its table");
    }
  }

  /** Bits of a state. */
  int log() {
    return log;
  }

  int symbol(int state) {
    return symbols[state];
  }

  int next(int state, BackwardBits stream) {
    return bases[state] + (int) stream.read(bits[state]);
  }
}
