package io.memlake.engine.paging;

import java.io.Serializable;

/** What one walk over the tables of an address space counted. */
public final class PageTableCounts implements Serializable {
  private static final long serialVersionUID = 1;

  /** An entry can name this many page files. */
  public static final int PAGE_FILES = 16;

  long tablesRead;
  long tablesMissing;
  long tablesRefused;
  long validPtes;
  long largePages;
  long transition;
  long prototype;
  long demandZero;
  long decommitted;
  long fileBacked;
  long unknown;
  long missingPfns;
  boolean complete = true;
  final long[] pageFiles = new long[PAGE_FILES];

  PageTableCounts() {}

  /** Tables whose bytes were read. */
  public long tablesRead() {
    return tablesRead;
  }

  /** Tables that an entry names and the evidence does not hold. */
  public long tablesMissing() {
    return tablesMissing;
  }

  /**
   * Tables that were not followed a second time, or whose 512 entries are one and the same: loops
   * and fill bytes, signs of smear. The self-map of Windows is not counted.
   */
  public long tablesRefused() {
    return tablesRefused;
  }

  /** Valid entries for 4 KiB pages. */
  public long validPtes() {
    return validPtes;
  }

  /** Valid entries for large pages, counted as entries. */
  public long largePages() {
    return largePages;
  }

  /** Entries in transition. */
  public long transition() {
    return transition;
  }

  /** Entries that lead to a prototype entry, directly or through an address descriptor. */
  public long prototype() {
    return prototype;
  }

  /**
   * Entries that name page file {@code number}.
   *
   * @throws IndexOutOfBoundsException when the number is not 0 to 15
   */
  public long pageFile(int number) {
    return pageFiles[number];
  }

  /** Entries that name any page file but {@code storeNumber}, which is the compressed store's. */
  public long swapped(int storeNumber) {
    long sum = 0;
    for (int number = 0; number < PAGE_FILES; number++) {
      sum += number == storeNumber ? 0 : pageFiles[number];
    }
    return sum;
  }

  /** Committed pages that were never touched. */
  public long demandZero() {
    return demandZero;
  }

  /** Pages that were given back. */
  public long decommitted() {
    return decommitted;
  }

  /** Entries that name a control area. */
  public long fileBacked() {
    return fileBacked;
  }

  /** Entries that match no kind that is known. */
  public long unknown() {
    return unknown;
  }

  /** Valid entries whose frame is not in the evidence, counted as entries. */
  public long missingPfns() {
    return missingPfns;
  }

  /**
   * Whether the walk ended by itself and not at {@link PageTableWalker#MAX_TABLES} or {@link
   * PageTableWalker#MAX_RUNS}.
   */
  public boolean complete() {
    return complete;
  }
}
