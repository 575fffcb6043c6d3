package io.memlake.jobs.hunt.yara;

import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;

/** Which strings of rules stand in which pages of one layer; pages come in rising order. */
public final class PageHits implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Hits that are kept of a layer: 64 MiB. A rule set with more finds something everywhere, and
   * every region is evaluated.
   */
  static final int MAX_HITS = 16 << 20;

  private long[] pages = new long[16];
  private int[] ends = new int[16];
  private int[] strings = new int[16];
  private int count;
  private boolean cut;

  /** No hits yet. */
  public PageHits() {}

  /** Adds the strings of a page behind those of all earlier pages. */
  void add(long page, BitSet found) {
    int from = count == 0 ? 0 : ends[count - 1];
    int size = found.cardinality();
    if (cut || from + size > MAX_HITS) {
      cut = true;
      return;
    }
    if (count == pages.length) {
      pages = Arrays.copyOf(pages, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    if (from + size > strings.length) {
      strings = Arrays.copyOf(strings, Math.max(strings.length * 2, from + size));
    }
    int at = from;
    for (int string = found.nextSetBit(0); string >= 0; string = found.nextSetBit(string + 1)) {
      strings[at++] = string;
    }
    pages[count] = page;
    ends[count++] = at;
  }

  /** Adds the pages of another part of the layer, which lie behind all that are here. */
  void addAll(PageHits later) {
    BitSet found = new BitSet();
    for (int i = 0; i < later.count; i++) {
      found.clear();
      later.strings(i, found);
      add(later.pages[i], found);
    }
    cut |= later.cut;
  }

  /** Whether there were more than are kept. */
  boolean isCut() {
    return cut;
  }

  /** How many pages have a string. */
  int size() {
    return count;
  }

  /** The page at an index. */
  long page(int index) {
    return pages[index];
  }

  /** Index of a page, negative when nothing is in it. */
  int find(long page) {
    return Arrays.binarySearch(pages, 0, count, page);
  }

  /** Adds the strings of the page at an index. */
  void strings(int index, BitSet found) {
    for (int i = index == 0 ? 0 : ends[index - 1]; i < ends[index]; i++) {
      found.set(strings[i]);
    }
  }
}
