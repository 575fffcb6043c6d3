package io.memlake.engine.objects.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The store manager ({@code SMKM_STORE_MGR}): its tree of page keys and its stores. */
final class StoreManager {
  /** Two levels of 32 pointers each. */
  private static final int LEVEL_SHIFT = 5;

  private static final int LEVEL_MASK = 31;
  private static final int MAX_STORES = 1024;

  /** Value bits of the tree of keys: index of the store, and that the entry is not valid now. */
  private static final long INDEX_MASK = 0x3FF;

  private static final long INVALID = 1 << 24;

  private final KernelPointers memory;
  private final StoreLayout layout;
  private final long base;
  private final TreeNodes nodes;
  private final PageKeyTree keys;
  private final Store[] stores = new Store[MAX_STORES];
  private final boolean[] read = new boolean[MAX_STORES];
  private List<Store> readable;

  private StoreManager(
      KernelPointers memory, StoreLayout layout, long base, TreeNodes nodes, PageKeyTree keys) {
    this.memory = memory;
    this.layout = layout;
    this.base = base;
    this.nodes = nodes;
    this.keys = keys;
  }

  /**
   * The manager at {@code base}; empty when neither a tree of keys starts there nor a store is
   * known there. One of them is enough: the other may be lost.
   */
  static Optional<StoreManager> open(KernelPointers memory, StoreLayout layout, long base)
      throws IOException {
    long root = memory.pointer(base + layout.keyToStoreTree());
    TreeNodes nodes = new TreeNodes(memory);
    StoreManager manager =
        new StoreManager(memory, layout, base, nodes, new PageKeyTree(nodes, root));
    return memory.isKernel(base) && (nodes.load(root) != null || !manager.stores().isEmpty())
        ? Optional.of(manager)
        : Optional.empty();
  }

  /** Tree from page keys to values that name stores. */
  PageKeyTree keys() {
    return keys;
  }

  static boolean isInvalid(long value) {
    return (value & INVALID) != 0;
  }

  static int storeIndex(long value) {
    return (int) (value & INDEX_MASK);
  }

  /** The store with an index, or null. */
  Store store(int index) throws IOException {
    if (!read[index]) {
      read[index] = true;
      long array = memory.pointer(base + (long) (index >>> LEVEL_SHIFT) * memory.pointerSize());
      if (memory.isKernel(array)) {
        long entry = array + (long) (index & LEVEL_MASK) * layout.metadataSize();
        stores[index] =
            Store.read(memory, layout, nodes, index, memory.pointer(entry)).orElse(null);
      }
    }
    return stores[index];
  }

  /** All stores that can be read. */
  List<Store> stores() throws IOException {
    if (readable == null) {
      List<Store> found = new ArrayList<>();
      for (int index = 0; index < MAX_STORES; index++) {
        Store store = store(index);
        if (store != null) {
          found.add(store);
        }
      }
      readable = List.copyOf(found);
    }
    return readable;
  }
}
