package io.memlake.engine.paging;

import java.util.Arrays;

/** A growing set of frame numbers in one array, by open addressing. */
final class FrameSet {
  private static final long VACANT = -1;

  private long[] frames = new long[256];
  private int size;

  FrameSet() {
    Arrays.fill(frames, VACANT);
  }

  /** Adds a frame number; false when it was there. */
  boolean add(long pfn) {
    if (size * 2 >= frames.length) {
      grow();
    }
    int at = find(frames, pfn);
    if (frames[at] == pfn) {
      return false;
    }
    frames[at] = pfn;
    size++;
    return true;
  }

  boolean contains(long pfn) {
    return frames[find(frames, pfn)] == pfn;
  }

  int size() {
    return size;
  }

  private void grow() {
    long[] wider = new long[frames.length * 2];
    Arrays.fill(wider, VACANT);
    for (long pfn : frames) {
      if (pfn != VACANT) {
        wider[find(wider, pfn)] = pfn;
      }
    }
    frames = wider;
  }

  private static int find(long[] slots, long pfn) {
    int mask = slots.length - 1;
    int at = (int) ((pfn * 0x9E37_79B9_7F4A_7C15L) >>> 33) & mask;
    while (slots[at] != VACANT && slots[at] != pfn) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
