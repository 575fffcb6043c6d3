package io.memlake.jobs.hunt.yara.rules;

import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;

/**
 * Finds which of many literals stand in some bytes. Four bytes of the text at a time are looked up
 * in a table of bits that stays in the processor's caches. The answers for eight places are one
 * question, whether any of them is yes: rarely, since the table is sparse. Only then are they asked
 * one by one, and looked up in a second table with another hash; only what passes both is compared.
 *
 * <p>A literal of seven bytes is entered at four places, so that every fourth place of the text is
 * enough; one of six bytes at three, one of five at two. All literals share one table and the step
 * of the shortest: one look at every third place costs less than that and one more at every fourth.
 *
 * <p>The bit of a letter's case is ignored until bytes are compared. Immutable; safe for threads.
 */
public final class LiteralIndex implements Serializable {
  private static final long serialVersionUID = 2L;

  /** Length from which on a literal is found by looking at every third place or less often. */
  static final int CHEAP = 6;

  private static final int WINDOW = 4;
  private static final int MAX_STEP = 4;
  private static final int EIGHT = 8;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[][] literals;
  private final boolean[] ignoreCase;
  private final int[] owners;
  private final int step;
  private final WindowTable table;

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
    this.step =
        literals.stream().mapToInt(literal -> step(literal.bytes().length)).min().orElse(MAX_STEP);
    this.table = new WindowTable(literals.size() * step);
    for (int i = 0; i < literals.size(); i++) {
      byte[] bytes = literals.get(i).bytes();
      this.literals[i] = bytes;
      ignoreCase[i] = literals.get(i).ignoreCase();
      int at = bestPlace(bytes, step);
      for (int shift = 0; shift < step; shift++) {
        table.add(i, at + shift, (int) INT.get(bytes, at + shift));
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
    if (owners.length == 0) {
      return;
    }
    int at =
        switch (step) {
          case 4 -> eights4(bytes, from, to, found);
          case 3 -> eights3(bytes, from, to, found);
          case 2 -> eights2(bytes, from, to, found);
          default -> eights1(bytes, from, to, found);
        };
    for (; at <= to - WINDOW; at += step) {
      if (table.mayHave((int) INT.get(bytes, at))) {
        compare(bytes, at, from, to, found);
      }
    }
  }

  /** Looks at eight places at a time; returns the first place that is left. */
  private int eights4(byte[] bytes, int from, int to, BitSet found) {
    int at = from;
    for (int last = to - WindowTable.reach(4); at <= last; at += EIGHT * 4) {
      if ((WindowTable.anyOfEight(table.first, bytes, at, 4) & 1) != 0) {
        compareEight(bytes, at, from, to, found);
      }
    }
    return at;
  }

  private int eights3(byte[] bytes, int from, int to, BitSet found) {
    int at = from;
    for (int last = to - WindowTable.reach(3); at <= last; at += EIGHT * 3) {
      if ((WindowTable.anyOfEight(table.first, bytes, at, 3) & 1) != 0) {
        compareEight(bytes, at, from, to, found);
      }
    }
    return at;
  }

  private int eights2(byte[] bytes, int from, int to, BitSet found) {
    int at = from;
    for (int last = to - WindowTable.reach(2); at <= last; at += EIGHT * 2) {
      if ((WindowTable.anyOfEight(table.first, bytes, at, 2) & 1) != 0) {
        compareEight(bytes, at, from, to, found);
      }
    }
    return at;
  }

  private int eights1(byte[] bytes, int from, int to, BitSet found) {
    int at = from;
    for (int last = to - WindowTable.reach(1); at <= last; at += EIGHT) {
      if ((WindowTable.anyOfEight(table.first, bytes, at, 1) & 1) != 0) {
        compareEight(bytes, at, from, to, found);
      }
    }
    return at;
  }

  private void compareEight(byte[] bytes, int base, int from, int to, BitSet found) {
    for (int i = 0; i < EIGHT; i++) {
      int at = base + i * step;
      if (table.mayHave((int) INT.get(bytes, at))) {
        compare(bytes, at, from, to, found);
      }
    }
  }

  private void compare(byte[] bytes, int at, int from, int to, BitSet found) {
    int window = (int) INT.get(bytes, at);
    for (int entry = table.firstEntry(window); entry >= 0; entry = table.nextEntry(entry)) {
      if (!table.isOf(entry, window)) {
        continue;
      }
      int literal = table.literal(entry);
      if (!found.get(owners[literal])
          && isThere(
              literals[literal], ignoreCase[literal], bytes, at - table.place(entry), from, to)) {
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
