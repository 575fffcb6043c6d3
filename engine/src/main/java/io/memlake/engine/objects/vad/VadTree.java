package io.memlake.engine.objects.vad;

import java.util.List;

/**
 * The ranges of one process.
 *
 * @param nodes sound descriptors, by rising start
 * @param gaps links that lead to none
 * @param recordedCount how many descriptors the process says it has; -1 when it does not say
 */
public record VadTree(List<VadNode> nodes, List<VadGap> gaps, long recordedCount) {
  /** More descriptors than any process has; bounds a tree that was made to be endless. */
  public static final int MAXIMUM_NODES = 1 << 18;

  /** Of a process without memory. */
  public static final VadTree EMPTY = new VadTree(List.of(), List.of(), -1);

  /** Copies the lists. */
  public VadTree {
    nodes = List.copyOf(nodes);
    gaps = List.copyOf(gaps);
  }

  /** The descriptor whose range holds an address; null when there is none. */
  public VadNode find(long virtualAddress) {
    int index = floor(virtualAddress);
    return index >= 0 && nodes.get(index).contains(virtualAddress) ? nodes.get(index) : null;
  }

  /** Where the first range begins that lies behind an address; -1, the last address, for none. */
  public long startBehind(long virtualAddress) {
    int next = floor(virtualAddress) + 1;
    return next < nodes.size() ? nodes.get(next).start() : -1;
  }

  /** Whether descriptors are missing, so that an address without one may still be in use. */
  public boolean isComplete() {
    return gaps.isEmpty() && (recordedCount < 0 || nodes.size() >= recordedCount);
  }

  /** Index of the last node that starts at or before an address, -1 for none. */
  private int floor(long virtualAddress) {
    int low = 0;
    int high = nodes.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(nodes.get(middle).start(), virtualAddress) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }
}
