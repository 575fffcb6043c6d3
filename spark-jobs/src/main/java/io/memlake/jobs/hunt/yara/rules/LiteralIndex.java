package io.memlake.jobs.hunt.yara.rules;

import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds which of many literals stand in some bytes. Four bytes of the text at a time are looked up
 * in a table of bits that stays in the processor's caches; only where the bit is set are literals
 * compared. Literals of seven bytes and more are entered at four places, so that every fourth place
 * of the text is enough; those of six bytes at three, those of five at two.
 *
 * <p>The bit of a letter's case is ignored until bytes are compared. Immutable; safe for threads.
 */
public final class LiteralIndex implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Length from which on a literal is found by looking at every third place or less often. */
  static final int CHEAP = 6;

  private static final int WINDOW = 4;
  private static final int MAX_STEP = 4;
  private static final int FOLD = 0x20202020;
  private static final int FACTOR = 0x9E3779B1;
  private static final int MIN_BITS = 15;
  private static final int MAX_BITS = 20;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[][] literals;
  private final boolean[] ignoreCase;
  private final int[] owners;
  private final Table[] tables = new Table[MAX_STEP + 1];

  /** Literals that are found at places a number of bytes apart. */
  private static final class Table implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int step;
    private final int shift;
    private final long[] bits;
    private final int[] heads;
    private int[] next = new int[64];
    private int[] literal = new int[64];
    private int[] place = new int[64];
    private int[] windows = new int[64];
    private int entries;

    Table(int step, int count) {
      this.step = step;
      int size = Math.max(MIN_BITS, Math.min(MAX_BITS, 37 - Integer.numberOfLeadingZeros(count)));
      this.shift = Integer.SIZE - size;
      this.bits = new long[1 << (size - 6)];
      this.heads = new int[1 << (size - 3)];
      Arrays.fill(heads, -1);
    }

    void add(int number, int at, int window) {
      int hash = (window | FOLD) * FACTOR;
      bits[hash >>> shift >>> 6] |= 1L << (hash >>> shift);
      if (entries == next.length) {
        next = Arrays.copyOf(next, entries * 2);
        literal = Arrays.copyOf(literal, entries * 2);
        place = Arrays.copyOf(place, entries * 2);
        windows = Arrays.copyOf(windows, entries * 2);
      }
      int head = hash >>> shift >>> 3;
      next[entries] = heads[head];
      literal[entries] = number;
      place[entries] = at;
      windows[entries] = window | FOLD;
      heads[head] = entries++;
    }
  }

  /**
   * Prepares the search.
   *
   * @param literals of at least four bytes each
   * @param owners what is reported when a literal is found
   */
  LiteralIndex(List<Literal> literals, int[] owners) {
    this.literals = new byte[literals.size()][];
    this.ignoreCase = new boolean[literals.size()];
    this.owners = owners.clone();
    int[] counts = new int[MAX_STEP + 1];
    for (Literal literal : literals) {
      int step = step(literal.bytes().length);
      counts[step] += step;
    }
    for (int i = 0; i < literals.size(); i++) {
      byte[] bytes = literals.get(i).bytes();
      this.literals[i] = bytes;
      ignoreCase[i] = literals.get(i).ignoreCase();
      int step = step(bytes.length);
      if (tables[step] == null) {
        tables[step] = new Table(step, counts[step]);
      }
      int at = bestPlace(bytes, step);
      for (int shift = 0; shift < step; shift++) {
        tables[step].add(i, at + shift, (int) INT.get(bytes, at + shift));
      }
    }
  }

  /** How many places apart a literal can be looked for: as many as it has windows, at most four. */
  private static int step(int length) {
    return Math.min(MAX_STEP, length - WINDOW + 1);
  }

  /** Where the rarest windows begin: those with the most different bytes that are not fillers. */
  private static int bestPlace(byte[] bytes, int windows) {
    int best = 0;
    int bestScore = -1;
    for (int at = 0; at + windows + WINDOW - 1 <= bytes.length; at++) {
      int score = Integer.MAX_VALUE;
      for (int shift = 0; shift < windows; shift++) {
        score = Math.min(score, score(bytes, at + shift));
      }
      if (score > bestScore) {
        best = at;
        bestScore = score;
      }
    }
    return best;
  }

  /** How telling the four bytes at a place are: 0 to 8. */
  static int score(byte[] bytes, int at) {
    int score = 0;
    for (int i = 0; i < WINDOW; i++) {
      byte b = bytes[at + i];
      boolean filler = b == 0 || b == -1 || b == ' ' || b == (byte) 0xCC || b == (byte) 0x90;
      boolean seen = false;
      for (int j = 0; j < i; j++) {
        seen |= bytes[at + j] == b;
      }
      score += (filler ? 0 : 1) + (seen ? 0 : 1);
    }
    return score;
  }

  /** Whether some window of a literal is worth looking for: not all one byte. */
  static boolean isTelling(Literal literal) {
    byte[] bytes = literal.bytes();
    if (bytes.length < WINDOW) {
      return false;
    }
    int steps = step(bytes.length);
    int at = bestPlace(bytes, steps);
    for (int shift = 0; shift < steps; shift++) {
      if (score(bytes, at + shift) < 2) {
        return false;
      }
    }
    return true;
  }

  /**
   * Adds to {@code found} the owners of all literals in {@code bytes[from, to)}. A literal counts
   * as found when four of its bytes are there and so are all others that would lie inside: the rest
   * may stand in the bytes before or behind.
   */
  public void find(byte[] bytes, int from, int to, BitSet found) {
    for (Table table : tables) {
      if (table != null) {
        find(table, bytes, from, to, found);
      }
    }
  }

  /** One loop a step: with a step that the compiler knows it is three times as fast. */
  private void find(Table table, byte[] bytes, int from, int to, BitSet found) {
    int shift = table.shift;
    long[] bits = table.bits;
    int last = to - WINDOW;
    switch (table.step) {
      case 4 -> {
        for (int at = from; at <= last; at += 4) {
          int slot = slot(bytes, at, shift);
          if ((bits[slot >>> 6] & (1L << slot)) != 0) {
            compare(table, slot, bytes, at, from, to, found);
          }
        }
      }
      case 3 -> {
        for (int at = from; at <= last; at += 3) {
          int slot = slot(bytes, at, shift);
          if ((bits[slot >>> 6] & (1L << slot)) != 0) {
            compare(table, slot, bytes, at, from, to, found);
          }
        }
      }
      default -> {
        for (int at = from, step = table.step; at <= last; at += step) {
          int slot = slot(bytes, at, shift);
          if ((bits[slot >>> 6] & (1L << slot)) != 0) {
            compare(table, slot, bytes, at, from, to, found);
          }
        }
      }
    }
  }

  private static int slot(byte[] bytes, int at, int shift) {
    return (((int) INT.get(bytes, at) | FOLD) * FACTOR) >>> shift;
  }

  private void compare(
      Table table, int slot, byte[] bytes, int at, int from, int to, BitSet found) {
    int window = (int) INT.get(bytes, at) | FOLD;
    for (int entry = table.heads[slot >>> 3]; entry >= 0; entry = table.next[entry]) {
      if (table.windows[entry] != window) {
        continue;
      }
      int literal = table.literal[entry];
      if (!found.get(owners[literal])
          && isThere(
              literals[literal], ignoreCase[literal], bytes, at - table.place[entry], from, to)) {
        found.set(owners[literal]);
      }
    }
  }

  private static boolean isThere(
      byte[] literal, boolean ignoreCase, byte[] bytes, int at, int from, int to) {
    int end = Math.min(literal.length, to - at);
    for (int i = Math.max(0, from - at); i < end; i++) {
      byte expected = literal[i];
      byte actual = bytes[at + i];
      if (expected != actual && !(ignoreCase && lower(expected) == lower(actual))) {
        return false;
      }
    }
    return true;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }
}
