package io.memlake.testdata.compression;

import java.util.Arrays;

/** Finds earlier copies of what follows a position, through chains of equal three-byte starts. */
final class MatchFinder {
  /** Shortest copy that any of the formats can say. */
  static final int MIN_LENGTH = 3;

  private static final int HASH_BITS = 14;

  /** How many earlier places are tried: more finds longer copies, and takes longer. */
  private static final int MAX_TRIES = 64;

  private final byte[] data;
  private final int window;
  private final int[] heads = new int[1 << HASH_BITS];
  private final int[] previous;
  private int inserted;
  private int distance;

  /** Looks back at most {@code window} bytes in {@code data}. */
  MatchFinder(byte[] data, int window) {
    this.data = data;
    this.window = window;
    this.previous = new int[data.length];
    Arrays.fill(heads, -1);
  }

  /**
   * The length of the longest copy of the bytes at {@code position} that starts at or after {@code
   * floor} and ends before {@code limit}; 0 when there is none. Positions must not fall.
   */
  int find(int position, int floor, int limit) {
    insertUpTo(position);
    distance = 0;
    if (position + MIN_LENGTH > limit) {
      return 0;
    }
    int best = 0;
    int earliest = Math.max(floor, position - window);
    int candidate = heads[hash(position)];
    for (int tries = 0; candidate >= earliest && tries < MAX_TRIES; tries++) {
      int length = 0;
      while (position + length < limit && data[candidate + length] == data[position + length]) {
        length++;
      }
      if (length > best) {
        best = length;
        distance = position - candidate;
      }
      candidate = previous[candidate];
    }
    return best >= MIN_LENGTH ? best : 0;
  }

  /** How far back the copy of the last successful {@link #find} starts. */
  int distance() {
    return distance;
  }

  private void insertUpTo(int position) {
    for (; inserted < position && inserted + MIN_LENGTH <= data.length; inserted++) {
      int hash = hash(inserted);
      previous[inserted] = heads[hash];
      heads[hash] = inserted;
    }
  }

  private int hash(int position) {
    int three =
        (data[position] & 0xFF)
            | (data[position + 1] & 0xFF) << 8
            | (data[position + 2] & 0xFF) << 16;
    return (three * 0x9E3779B1) >>> (32 - HASH_BITS);
  }
}
