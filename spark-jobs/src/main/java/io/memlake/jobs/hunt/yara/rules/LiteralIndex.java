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
 * in a table of bits that fits the first-level cache; only where the bit is set are literals
 * compared. Literals of seven bytes and more are entered at four places, so that every fourth place
 * of the text is enough; those of five and six at two.
 *
 * <p>The bit of a letter's case is ignored until bytes are compared. Immutable; safe for threads.
 */
public final class LiteralIndex implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Length from which on a literal is found by looking at every fourth place. */
  static final int CHEAP = 7;

  private static final int WINDOW = 4;
  private static final int[] STEPS = {4, 2, 1};
  private static final int FOLD = 0x20202020;
  private static final int FACTOR = 0x9E3779B1;
  private static final int MIN_BITS = 15;
  private static final int MAX_BITS = 20;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[][] literals;
  private final boolean[] ignoreCase;
  private final int[] owners;
  private final Table[] tables = new Table[STEPS.length];

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
      }
      int head = hash >>> shift >>> 3;
      next[entries] = heads[head];
      literal[entries] = number;
      place[entries] = at;
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
    int[] counts = new int[STEPS.length];
    for (Literal literal : literals) {
      int group = group(literal.bytes().length);
      counts[group] += STEPS[group];
    }
    for (int i = 0; i < literals.size(); i++) {
      byte[] bytes = literals.get(i).bytes();
      this.literals[i] = bytes;
      ignoreCase[i] = literals.get(i).ignoreCase();
      int group = group(bytes.length);
      if (tables[group] == null) {
        tables[group] = new Table(STEPS[group], counts[group]);
      }
      int at = bestPlace(bytes, STEPS[group]);
      for (int shift = 0; shift < STEPS[group]; shift++) {
        tables[group].add(i, at + shift, (int) INT.get(bytes, at + shift));
      }
    }
  }

  private static int group(int length) {
    return length >= CHEAP ? 0 : length > WINDOW ? 1 : 2;
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
    int steps = STEPS[group(bytes.length)];
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

  private void find(Table table, byte[] bytes, int from, int to, BitSet found) {
    int step = table.step;
    int shift = table.shift;
    long[] bits = table.bits;
    for (int at = from, last = to - WINDOW; at <= last; at += step) {
      int slot = (((int) INT.get(bytes, at) | FOLD) * FACTOR) >>> shift;
      if ((bits[slot >>> 6] & (1L << slot)) != 0) {
        compare(table, slot, bytes, at, from, to, found);
      }
    }
  }

  private void compare(
      Table table, int slot, byte[] bytes, int at, int from, int to, BitSet found) {
    for (int entry = table.heads[slot >>> 3]; entry >= 0; entry = table.next[entry]) {
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
