package io.memlake.jobs.hunt.pattern;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Finds all of many byte patterns in one pass over the text, however many patterns there are.
 *
 * <p>States near the root, where nearly all bytes are spent, are full tables; the others keep a
 * short list of edges and a link to the next shorter suffix.
 */
public final class AhoCorasick implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int ALPHABET = 256;
  private static final int NONE = -1;

  /** States with a full table: 8 MiB of tables at most, which caches hold in good part. */
  private static final int DENSE_STATES = 8192;

  /** Bytes of all patterns together; more would not fit an executor beside its work. */
  private static final int MAX_STATES = 64 << 20;

  private int states = 1;
  private int[] firstChild = {NONE};
  private int[] nextSibling = {NONE};
  private byte[] label = {0};
  private int[] fail = {0};
  private int[] pattern = {NONE};
  private int[] nextSamePattern;
  private int[] output;
  private int[] table;
  private int[] denseRow;
  private final int[] lengths;

  /**
   * Prepares the search.
   *
   * @param patterns none empty; equal ones are all reported
   * @throws IllegalArgumentException when they are too many or one is empty
   */
  public AhoCorasick(List<byte[]> patterns) {
    lengths = new int[patterns.size()];
    nextSamePattern = new int[patterns.size()];
    for (int i = 0; i < patterns.size(); i++) {
      insert(i, patterns.get(i));
    }
    link();
  }

  /** Told of every occurrence. */
  @FunctionalInterface
  public interface Hits {
    /** Pattern number {@code pattern} ends before {@code end}. */
    void at(int pattern, int end);
  }

  /** The state before any byte. */
  public int start() {
    return 0;
  }

  /** Length of a pattern in bytes. */
  public int length(int number) {
    return lengths[number];
  }

  /** Searches {@code bytes[from, to)}, starting anew. */
  public void search(byte[] bytes, int from, int to, Hits hits) {
    search(0, bytes, from, to, hits);
  }

  /**
   * Searches {@code bytes[from, to)} as the continuation of what led to {@code state}; ends of hits
   * are positions in {@code bytes}.
   *
   * @return the state behind the last byte
   */
  public int search(int state, byte[] bytes, int from, int to, Hits hits) {
    int at = state;
    for (int i = from; i < to; i++) {
      at = next(at, bytes[i]);
      for (int out = output[at]; out != NONE; out = suffixOutput(out)) {
        for (int p = pattern[out]; p != NONE; p = nextSamePattern[p]) {
          hits.at(p, i + 1);
        }
      }
    }
    return at;
  }

  private int suffixOutput(int state) {
    return state == 0 ? NONE : output[fail[state]];
  }

  private int next(int state, byte b) {
    int at = state;
    while (true) {
      int row = denseRow[at];
      if (row != NONE) {
        return table[row * ALPHABET + (b & 0xFF)];
      }
      for (int child = firstChild[at]; child != NONE; child = nextSibling[child]) {
        if (label[child] == b) {
          return child;
        }
      }
      at = fail[at];
    }
  }

  private void insert(int number, byte[] bytes) {
    if (bytes.length == 0) {
      throw new IllegalArgumentException("pattern " + number + " is empty");
    }
    int at = 0;
    for (byte b : bytes) {
      int child = firstChild[at];
      while (child != NONE && label[child] != b) {
        child = nextSibling[child];
      }
      if (child == NONE) {
        child = newState(at, b);
      }
      at = child;
    }
    lengths[number] = bytes.length;
    nextSamePattern[number] = pattern[at];
    pattern[at] = number;
  }

  private int newState(int parent, byte b) {
    if (states == MAX_STATES) {
      throw new IllegalArgumentException("the patterns are longer than " + MAX_STATES + " bytes");
    }
    if (states == firstChild.length) {
      int grown = Math.min(MAX_STATES, Math.max(1024, states * 2));
      firstChild = Arrays.copyOf(firstChild, grown);
      nextSibling = Arrays.copyOf(nextSibling, grown);
      label = Arrays.copyOf(label, grown);
      pattern = Arrays.copyOf(pattern, grown);
    }
    int state = states++;
    firstChild[state] = NONE;
    pattern[state] = NONE;
    label[state] = b;
    nextSibling[state] = firstChild[parent];
    firstChild[parent] = state;
    return state;
  }

  /** Breadth first: every link leads to a state that is nearer to the root and done. */
  private void link() {
    fail = new int[states];
    output = new int[states];
    denseRow = new int[states];
    Arrays.fill(denseRow, NONE);
    int dense = Math.min(states, DENSE_STATES);
    table = new int[dense * ALPHABET];
    int[] queue = new int[states];
    int head = 0;
    int tail = 0;
    queue[tail++] = 0;
    while (head < tail) {
      int state = queue[head];
      boolean own = pattern[state] != NONE;
      output[state] = own ? state : state == 0 ? NONE : output[fail[state]];
      if (head < dense) {
        denseRow[state] = head;
        if (state != 0) {
          int from = denseRow[fail[state]] * ALPHABET;
          System.arraycopy(table, from, table, head * ALPHABET, ALPHABET);
        }
      }
      for (int child = firstChild[state]; child != NONE; child = nextSibling[child]) {
        fail[child] = state == 0 ? 0 : next(fail[state], label[child]);
        queue[tail++] = child;
      }
      if (head < dense) {
        for (int child = firstChild[state]; child != NONE; child = nextSibling[child]) {
          table[head * ALPHABET + (label[child] & 0xFF)] = child;
        }
      }
      head++;
    }
  }
}
