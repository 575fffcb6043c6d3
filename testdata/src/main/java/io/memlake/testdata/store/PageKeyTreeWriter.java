package io.memlake.testdata.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Writes a B+ tree from keys to values, bottom up. */
final class PageKeyTreeWriter {
  private static final int NODE_SIZE = 4096;

  private final StorePool pool;
  private final boolean wide;
  private final int fanOut;
  private final List<Long> nodes;

  private record Node(long firstKey, long address) {}

  /**
   * At most {@code fanOut} entries a node; addresses of written nodes are added to {@code nodes}.
   */
  PageKeyTreeWriter(StorePool pool, boolean wide, int fanOut, List<Long> nodes) {
    this.pool = pool;
    this.wide = wide;
    this.fanOut = fanOut;
    this.nodes = nodes;
  }

  /** Writes all entries and returns the address of the root. */
  long write(SortedMap<Long, Long> entries) {
    List<Node> level = leaves(List.copyOf(entries.entrySet()));
    for (int height = 1; level.size() > 1; height++) {
      level = inner(level, height);
    }
    return level.get(0).address();
  }

  private List<Node> leaves(List<Map.Entry<Long, Long>> entries) {
    List<Node> level = new ArrayList<>();
    int start = 0;
    do {
      int end = Math.min(start + fanOut, entries.size());
      Block node = head(end - start, 0, true);
      for (int i = start; i < end; i++) {
        int at = entriesAt() + (i - start) * 8;
        node.number(at, 4, entries.get(i).getKey()).number(at + 4, 4, entries.get(i).getValue());
      }
      level.add(new Node(entries.isEmpty() ? 0 : entries.get(start).getKey(), add(node)));
      start = end;
    } while (start < entries.size());
    return level;
  }

  /** An inner node has a child for what is below its first key, and one for each entry. */
  private List<Node> inner(List<Node> below, int height) {
    List<Node> level = new ArrayList<>();
    int start = 0;
    while (start < below.size()) {
      int end = Math.min(start + fanOut + 1, below.size());
      if (below.size() - end == 1) {
        // A node of one child has no entry at all; leave it a second one.
        end--;
      }
      Block node = head(end - start - 1, height, false);
      node.number(wide ? 8 : 4, wide ? 8 : 4, below.get(start).address());
      for (int i = start + 1; i < end; i++) {
        int at = entriesAt() + (i - start - 1) * (wide ? 16 : 8);
        node.number(at, 4, below.get(i).firstKey());
        node.number(at + (wide ? 8 : 4), wide ? 8 : 4, below.get(i).address());
      }
      level.add(new Node(below.get(start).firstKey(), add(node)));
      start = end;
    }
    return level;
  }

  private Block head(int count, int height, boolean leaf) {
    return new Block(NODE_SIZE).number(0, 2, count).number(2, 1, height).number(3, 1, leaf ? 1 : 0);
  }

  private int entriesAt() {
    return wide ? 16 : 8;
  }

  private long add(Block node) {
    long address = pool.pages(1);
    pool.write(address, node);
    nodes.add(address);
    return address;
  }
}
