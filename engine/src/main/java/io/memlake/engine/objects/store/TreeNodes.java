package io.memlake.engine.objects.store;

import io.memlake.engine.bytes.LittleEndian;
import java.io.IOException;

/**
 * Nodes of the store manager's B+ trees, checked when they are loaded and kept while they are hot.
 *
 * <pre>
 * node        = count:u16 level:u8 leaf:u8 [pad:u32] leftmost:pointer  { entry }     one page
 * leaf entry  = key:u32 value:u32
 * inner entry = key:u32 [pad:u32] child:pointer
 * </pre>
 */
final class TreeNodes {
  static final int NODE_SIZE = 4096;

  private static final int LEAF_FLAG = 3;
  private static final int LEAF_ENTRY = 8;
  private static final int SLOTS = 256;

  private final KernelPointers memory;
  private final int leftmostAt;
  private final int entriesAt;
  private final int innerEntry;
  private final int childAt;
  private final long[] addresses = new long[SLOTS];
  private final byte[][] nodes = new byte[SLOTS][];
  private final boolean[] sound = new boolean[SLOTS];

  TreeNodes(KernelPointers memory) {
    this.memory = memory;
    boolean wide = memory.pointerSize() == Long.BYTES;
    this.leftmostAt = wide ? 8 : 4;
    this.entriesAt = wide ? 16 : 8;
    this.innerEntry = wide ? 16 : 8;
    this.childAt = wide ? 8 : 4;
  }

  /**
   * The node at an address; valid until the next call.
   *
   * @return null when it cannot be read or is no node
   */
  byte[] load(long address) throws IOException {
    int slot = (int) (address >>> 12 ^ address >>> 20) & (SLOTS - 1);
    if (addresses[slot] != address) {
      if (nodes[slot] == null) {
        nodes[slot] = new byte[NODE_SIZE];
      }
      sound[slot] =
          memory.isKernelPage(address)
              && memory.space().read(address, nodes[slot], 0, NODE_SIZE)
              && isNode(nodes[slot]);
      addresses[slot] = address;
    }
    return sound[slot] ? nodes[slot] : null;
  }

  boolean isLeaf(byte[] node) {
    return node[LEAF_FLAG] != 0;
  }

  int count(byte[] node) {
    return LittleEndian.u16(node, 0);
  }

  long key(byte[] node, int index) {
    return LittleEndian.u32(node, entriesAt + index * entrySize(node));
  }

  /** Value of a leaf's entry. */
  long value(byte[] leaf, int index) {
    return LittleEndian.u32(leaf, entriesAt + index * LEAF_ENTRY + Integer.BYTES);
  }

  /** Child of an inner node's entry; index -1 is the child of keys below the first. */
  long child(byte[] inner, int index) {
    int at = index < 0 ? leftmostAt : entriesAt + index * innerEntry + childAt;
    return memory.pointerSize() == Long.BYTES
        ? LittleEndian.i64(inner, at)
        : LittleEndian.u32(inner, at);
  }

  /** Index of the last entry whose key is not above {@code key}; -1 when all are. */
  int floor(byte[] node, long key) {
    int low = 0;
    int high = count(node) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (key(node, middle) <= key) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  private int entrySize(byte[] node) {
    return isLeaf(node) ? LEAF_ENTRY : innerEntry;
  }

  /** The search relies on rising keys, so a page without them is no node. */
  private boolean isNode(byte[] node) {
    int count = count(node);
    if (LittleEndian.u8(node, LEAF_FLAG) > 1
        || entriesAt + count * entrySize(node) > NODE_SIZE
        || (count == 0 && !isLeaf(node))) {
      return false;
    }
    for (int i = 1; i < count; i++) {
      if (key(node, i) <= key(node, i - 1)) {
        return false;
      }
    }
    return true;
  }
}
