package io.memlake.testdata.store;

import java.util.List;
import java.util.Map;

/**
 * What was written and where.
 *
 * @param smGlobals address of {@code SmGlobals}
 * @param manager address of the manager
 * @param keyTree address of the root of the tree of keys
 * @param stores addresses of the stores, by index
 * @param nodes addresses of all nodes of all trees, the tree of keys last
 * @param pages the pages in the order in which they were added
 */
public record StoreTruth(
    long smGlobals,
    long manager,
    long keyTree,
    Map<Integer, Long> stores,
    List<Long> nodes,
    List<StorePageTruth> pages) {

  /** Copies the collections. */
  public StoreTruth {
    stores = Map.copyOf(stores);
    nodes = List.copyOf(nodes);
    pages = List.copyOf(pages);
  }
}
