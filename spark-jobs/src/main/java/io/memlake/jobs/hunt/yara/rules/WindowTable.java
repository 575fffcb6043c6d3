package io.memlake.jobs.hunt.yara.rules;

import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Windows of four bytes, each with the literals it comes from and its place in them. Two tables of
 * bits with different hashes stand before the entries. The bit of a letter's case is ignored.
 */
final class WindowTable implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int FOLD = 0x20202020;
  private static final long LONG_FOLD = 0x2020202020202020L;
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FACTOR = 0x9E3779B1;
  private static final int OTHER_FACTOR = 0x85EBCA6B;

  /** The upper bits of a hash name a word of a table, its lowest five the bit of the word. */
  private static final int WORD_SHIFT = 17;

  /** The same for the first table, which is larger. */
  private static final int FIRST_SHIFT = 16;

  private static final int MIN_WORDS = 1 << 10;
  private static final int MAX_WORDS = 1 << (Integer.SIZE - WORD_SHIFT);
  private static final int MAX_FIRST = 1 << (Integer.SIZE - FIRST_SHIFT);

  /** Bits of the first table a window: fewer yeses cost more room, which the second cache has. */
  private static final int BITS = 128;

  /** Bits of the first table, a power of two words; read in the loop over all bytes. */
  final int[] first;

  private final int[] second;
  private final int[] heads;
  private final int[] next;
  private final int[] literals;
  private final int[] places;
  private final int[] windows;
  private int entries;

  /** A table for at most {@code count} windows: 4 KiB of bits to 256 KiB, and half of that. */
  WindowTable(int count) {
    int words = words(count, MAX_WORDS);
    this.first = new int[words((long) count * BITS / Integer.SIZE, MAX_FIRST)];
    this.second = new int[words];
    this.heads = new int[words];
    Arrays.fill(heads, -1);
    this.next = new int[count];
    this.literals = new int[count];
    this.places = new int[count];
    this.windows = new int[count];
  }

  private static int words(long wanted, int most) {
    int words = MIN_WORDS;
    while (words < wanted && words < most) {
      words <<= 1;
    }
    return words;
  }

  /** Enters the window that stands at a place of a literal. */
  void add(int literal, int place, int window) {
    int folded = (window | FOLD) * FACTOR;
    first[(folded >>> FIRST_SHIFT) & (first.length - 1)] |= 1 << folded;
    int hash = otherHash(window);
    second[(hash >>> WORD_SHIFT) & (second.length - 1)] |= 1 << hash;
    int head = (hash >>> WORD_SHIFT) & (heads.length - 1);
    next[entries] = heads[head];
    literals[entries] = literal;
    places[entries] = place;
    windows[entries] = window | FOLD;
    heads[head] = entries++;
  }

  /**
   * The answers of the first table to eight windows, as far as one bit can tell: the lowest bit is
   * set when some window at {@code at}, {@code at + step} and so on passes. Two windows come out of
   * one load; nothing waits for anything before the last line.
   */
  static int anyOfEight(int[] first, byte[] bytes, int at, int step) {
    long a = (long) LONG.get(bytes, at) | LONG_FOLD;
    long b = (long) LONG.get(bytes, at + 2 * step) | LONG_FOLD;
    long c = (long) LONG.get(bytes, at + 4 * step) | LONG_FOLD;
    long d = (long) LONG.get(bytes, at + 6 * step) | LONG_FOLD;
    int shift = step * Byte.SIZE;
    return ((answer(first, (int) a) | answer(first, (int) (a >>> shift)))
            | (answer(first, (int) b) | answer(first, (int) (b >>> shift))))
        | ((answer(first, (int) c) | answer(first, (int) (c >>> shift)))
            | (answer(first, (int) d) | answer(first, (int) (d >>> shift))));
  }

  /** How many bytes the eight windows and their loads reach over. */
  static int reach(int step) {
    return 6 * step + Long.BYTES;
  }

  /** A word of which the lowest bit says whether a folded window passes the first table. */
  private static int answer(int[] first, int folded) {
    int hash = folded * FACTOR;
    return first[(hash >>> FIRST_SHIFT) & (first.length - 1)] >>> hash;
  }

  private static int otherHash(int window) {
    int folded = window | FOLD;
    int hash = (folded ^ (folded >>> 15)) * OTHER_FACTOR;
    return hash ^ (hash >>> 15);
  }

  /** Whether a window may be here, by both tables. */
  boolean mayHave(int window) {
    return (answer(first, window | FOLD) & 1) != 0 && mayHaveToo(window);
  }

  private boolean mayHaveToo(int window) {
    int hash = otherHash(window);
    return ((second[(hash >>> WORD_SHIFT) & (second.length - 1)] >>> hash) & 1) != 0;
  }

  /** The first entry that may be of a window, negative when there is none. */
  int firstEntry(int window) {
    return heads[(otherHash(window) >>> WORD_SHIFT) & (heads.length - 1)];
  }

  /** The entry behind another, negative when there is none. */
  int nextEntry(int entry) {
    return next[entry];
  }

  /** Whether an entry is of a window. */
  boolean isOf(int entry, int window) {
    return windows[entry] == (window | FOLD);
  }

  /** Number of an entry's literal. */
  int literal(int entry) {
    return literals[entry];
  }

  /** Where the window begins in the entry's literal. */
  int place(int entry) {
    return places[entry];
  }
}
