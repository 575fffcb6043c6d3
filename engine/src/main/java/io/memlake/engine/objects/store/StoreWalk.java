package io.memlake.engine.objects.store;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * All pages of the store, each once: first those to which the manager's tree of keys leads, in the
 * order of their keys, then those that only their store still knows.
 *
 * <p>Needs memory for the nodes' addresses only, however large the store is.
 */
public final class StoreWalk {
  private final CompressedStore store;

  /** Walks over {@code store}. */
  public StoreWalk(CompressedStore store) {
    this.store = store;
  }

  /** Takes one page, located or lost. */
  public interface Visitor {
    /** Called once for each page. */
    void page(StoredPage page) throws IOException;
  }

  /**
   * How complete a walk was.
   *
   * @param keys the manager's tree of keys
   * @param stores the trees of the stores, by index
   */
  public record Result(TreeGaps keys, Map<Integer, TreeGaps> stores) {
    /** Copies the map. */
    public Result {
      stores = Map.copyOf(stores);
    }

    /** Whether pages may be missing. */
    public boolean hasGaps() {
      return keys.hasGaps() || stores.values().stream().anyMatch(TreeGaps::hasGaps);
    }
  }

  /**
   * Shows all pages.
   *
   * @throws IOException when the medium or the visitor fails
   */
  public Result forEach(Visitor visitor) throws IOException {
    StoreManager manager = store.manager();
    TreeGaps keys =
        manager
            .keys()
            .walk(
                (key, value) -> {
                  visitor.page(store.find(key, value));
                  return true;
                });
    Map<Integer, TreeGaps> stores = new HashMap<>();
    for (Store one : manager.stores()) {
      stores.put(
          one.index(),
          one.pages()
              .walk(
                  (key, regionKey) -> {
                    if (!isListed(manager, one, key)) {
                      visitor.page(one.locate(key, regionKey, false));
                    }
                    return true;
                  }));
    }
    return new Result(keys, stores);
  }

  /** Whether the first pass has led to this page of this store. */
  private static boolean isListed(StoreManager manager, Store one, long key) throws IOException {
    long value = manager.keys().find(key);
    return value >= 0 && StoreManager.storeIndex(value) == one.index();
  }
}
