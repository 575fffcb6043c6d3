package io.memlake.engine.paging;

/**
 * Sorts two arrays as one array of pairs, in place: a map of a large host has no room for a second
 * copy. Quicksort that falls back to heapsort, so no order of entries makes it slow.
 */
final class PairSort {
  private static final int SMALL = 24;

  private final long[] keys;
  private final long[] values;

  private PairSort(long[] keys, long[] values) {
    this.keys = keys;
    this.values = values;
  }

  /** Sorts the first {@code size} pairs by key, then by value, as signed numbers. */
  static void sort(long[] keys, long[] values, int size) {
    int depth = 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(size));
    new PairSort(keys, values).quick(0, size, depth);
  }

  private void quick(int from, int to, int depthLeft) {
    int start = from;
    int end = to;
    int depth = depthLeft;
    while (end - start > SMALL) {
      if (depth-- == 0) {
        heap(start, end);
        return;
      }
      int cut = partition(start, end);
      // The smaller side by recursion, the larger by the loop: the stack stays shallow.
      if (cut - start < end - cut) {
        quick(start, cut, depth);
        start = cut;
      } else {
        quick(cut, end, depth);
        end = cut;
      }
    }
    insertion(start, end);
  }

  /** Hoare's partition; both sides are shorter than the whole. */
  private int partition(int from, int to) {
    int middle = medianOf(from, (from + to) >>> 1, to - 1);
    long key = keys[middle];
    long value = values[middle];
    int left = from - 1;
    int right = to;
    while (true) {
      do {
        left++;
      } while (less(keys[left], values[left], key, value));
      do {
        right--;
      } while (less(key, value, keys[right], values[right]));
      if (left >= right) {
        return left == from ? from + 1 : left;
      }
      swap(left, right);
    }
  }

  private int medianOf(int a, int b, int c) {
    if (less(a, b)) {
      if (less(b, c)) {
        return b;
      }
      return less(a, c) ? c : a;
    }
    if (less(a, c)) {
      return a;
    }
    return less(b, c) ? c : b;
  }

  private void insertion(int from, int to) {
    for (int i = from + 1; i < to; i++) {
      long key = keys[i];
      long value = values[i];
      int at = i;
      while (at > from && less(key, value, keys[at - 1], values[at - 1])) {
        keys[at] = keys[at - 1];
        values[at] = values[at - 1];
        at--;
      }
      keys[at] = key;
      values[at] = value;
    }
  }

  private void heap(int from, int to) {
    int size = to - from;
    for (int root = size / 2 - 1; root >= 0; root--) {
      sink(from, root, size);
    }
    for (int last = size - 1; last > 0; last--) {
      swap(from, from + last);
      sink(from, 0, last);
    }
  }

  private void sink(int from, int start, int size) {
    int root = start;
    while (2 * root + 1 < size) {
      int child = 2 * root + 1;
      if (child + 1 < size && less(from + child, from + child + 1)) {
        child++;
      }
      if (!less(from + root, from + child)) {
        return;
      }
      swap(from + root, from + child);
      root = child;
    }
  }

  private boolean less(int a, int b) {
    return less(keys[a], values[a], keys[b], values[b]);
  }

  private static boolean less(long keyA, long valueA, long keyB, long valueB) {
    return keyA < keyB || (keyA == keyB && valueA < valueB);
  }

  private void swap(int a, int b) {
    long key = keys[a];
    keys[a] = keys[b];
    keys[b] = key;
    long value = values[a];
    values[a] = values[b];
    values[b] = value;
  }
}
