package io.memlake.engine.objects.store;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** A B+ tree from page keys to 32-bit values. */
final class PageKeyTree {
  /** No entry has the key. */
  static final long NOT_FOUND = -1;

  /** A node on the way is not in the evidence or is no node. */
  static final long DAMAGED = -2;

  /** 255 children a node reach every 32-bit key in five levels. */
  private static final int MAX_DEPTH = 8;

  /** More nodes than any machine has: 2^20 full leaves are 2 TiB of pages. */
  private static final int MAX_NODES = 1 << 20;

  private final TreeNodes nodes;
  private final long root;

  PageKeyTree(TreeNodes nodes, long root) {
    this.nodes = nodes;
    this.root = root;
  }

  /** Takes an entry; false ends the walk. */
  interface Visitor {
    boolean entry(long key, long value) throws IOException;
  }

  /** The value of a key: unsigned 32 bits, or {@link #NOT_FOUND}, or {@link #DAMAGED}. */
  long find(long key) throws IOException {
    long address = root;
    for (int depth = 0; depth < MAX_DEPTH; depth++) {
      byte[] node = nodes.load(address);
      if (node == null) {
        return DAMAGED;
      }
      int index = nodes.floor(node, key);
      if (nodes.isLeaf(node)) {
        return index >= 0 && nodes.key(node, index) == key ? nodes.value(node, index) : NOT_FOUND;
      }
      address = nodes.child(node, index);
    }
    return DAMAGED;
  }

  /** Shows every entry that can be reached, keys rising unless the tree is damaged. */
  TreeGaps walk(Visitor visitor) throws IOException {
    Walk walk = new Walk(visitor);
    walk.visit(root, 0);
    return new TreeGaps(walk.entries, walk.seen.size(), walk.lost, walk.repeated);
  }

  private final class Walk {
    private final Visitor visitor;
    private final Set<Long> seen = new HashSet<>();
    // A node's slot in the cache may be taken while its children are visited.
    private final byte[][] levels = new byte[MAX_DEPTH][];
    private long entries;
    private int lost;
    private int repeated;

    Walk(Visitor visitor) {
      this.visitor = visitor;
    }

    boolean visit(long address, int depth) throws IOException {
      if (seen.contains(address)) {
        repeated++;
        return true;
      }
      byte[] cached = depth < MAX_DEPTH && seen.size() < MAX_NODES ? nodes.load(address) : null;
      if (cached == null) {
        lost++;
        return true;
      }
      seen.add(address);
      if (levels[depth] == null) {
        levels[depth] = new byte[TreeNodes.NODE_SIZE];
      }
      byte[] node = levels[depth];
      System.arraycopy(cached, 0, node, 0, node.length);
      int count = nodes.count(node);
      if (nodes.isLeaf(node)) {
        for (int i = 0; i < count; i++) {
          entries++;
          if (!visitor.entry(nodes.key(node, i), nodes.value(node, i))) {
            return false;
          }
        }
        return true;
      }
      for (int i = -1; i < count; i++) {
        // The leftmost child is missing where all keys are at or above the first.
        long child = nodes.child(node, i);
        if ((i >= 0 || child != 0) && !visit(child, depth + 1)) {
          return false;
        }
      }
      return true;
    }
  }
}
