package io.memlake.jobs.hunt.yara.rules;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Windows of four bytes, each with the literals it comes from and its place in them. Two tables of
 * bits with different hashes stand before the entries. The bit of a letter's case is ignored.
 */
final class WindowTable implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int FOLD = 0x20202020;
  private static final int FACTOR = 0x9E3779B1;
  private static final int OTHER_FACTOR = 0x85EBCA6B;

  /** The upper bits of a hash name a word of a table, its lowest five the bit of the word. */
  private static final int WORD_SHIFT = 17;

  private static final int MIN_WORDS = 1 << 10;
  private static final int MAX_WORDS = 1 << (Integer.SIZE - WORD_SHIFT);

  /** Bits of the first table, a power of two words; read in the loop over all bytes. */
  final int[] first;

  private final int[] second;
  private final int[] heads;
  private final int[] next;
  private final int[] literals;
  private final int[] places;
  private final int[] windows;
  private int entries;

  /** A table for at most {@code count} windows: 4 KiB of bits to 128 KiB, 32 bits a window. */
  WindowTable(int count) {
    int words = MIN_WORDS;
    while (words < count && words < MAX_WORDS) {
      words <<= 1;
    }
    this.first = new int[words];
    this.second = new int[words];
    this.heads = new int[words];
    Arrays.fill(heads, -1);
    this.next = new int[count];
    this.literals = new int[count];
    this.places = new int[count];
    this.windows = new int[count];
  }

  /** Enters the window that stands at a place of a literal. */
  void add(int literal, int place, int window) {
    enter(first, (window | FOLD) * FACTOR);
    int hash = otherHash(window);
    enter(second, hash);
    int head = (hash >>> WORD_SHIFT) & (heads.length - 1);
    next[entries] = heads[head];
    literals[entries] = literal;
    places[entries] = place;
    windows[entries] = window | FOLD;
    heads[head] = entries++;
  }

  private static void enter(int[] table, int hash) {
    table[(hash >>> WORD_SHIFT) & (table.length - 1)] |= 1 << hash;
  }

  /** One when a window passes the first table, else zero. */
  static int look(int[] first, int window) {
    int hash = (window | FOLD) * FACTOR;
    return (first[(hash >>> WORD_SHIFT) & (first.length - 1)] >>> hash) & 1;
  }

  private static int otherHash(int window) {
    int folded = window | FOLD;
    int hash = (folded ^ (folded >>> 15)) * OTHER_FACTOR;
    return hash ^ (hash >>> 15);
  }

  /** Whether a window may be here, by both tables. */
  boolean mayHave(int window) {
    return look(first, window) != 0 && mayHaveToo(window);
  }

  /** Whether a window that passed the first table passes the second. */
  boolean mayHaveToo(int window) {
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
