package io.memlake.engine.objects.registry;

import java.io.IOException;
import java.util.Optional;

/** Paths of keys that no walk from the root reached, by their chains of parents. */
final class ParentPaths {
  private final Hive hive;

  ParentPaths(Hive hive) {
    this.hive = hive;
  }

  /**
   * A chain of parents.
   *
   * @param path names from the top, separated by backslashes, the root left out
   * @param complete whether the chain ends at the root
   */
  record Chain(String path, boolean complete) {}

  /** The chain above a key; empty only when the key itself is the root. */
  Optional<Chain> of(KeyNode key) throws IOException {
    if (isRoot(key)) {
      return Optional.empty();
    }
    StringBuilder path = new StringBuilder(key.name());
    CellSet seen = new CellSet();
    seen.add(key.cell());
    KeyNode at = key;
    for (int depth = 0; depth < HiveWalk.MAX_DEPTH; depth++) {
      int parent = at.parent();
      if (parent == CellSource.NO_CELL || !seen.add(parent)) {
        break;
      }
      // The parent of a deleted key may be overwritten: that ends the chain and is no gap.
      Optional<KeyNode> above = hive.key(parent, gap -> {});
      if (above.isEmpty()) {
        break;
      }
      at = above.get();
      if (isRoot(at)) {
        return Optional.of(new Chain(path.toString(), true));
      }
      path.insert(0, at.name() + '\\');
    }
    return Optional.of(new Chain(path.toString(), false));
  }

  private boolean isRoot(KeyNode key) {
    return key.cell() == hive.rootCell() || (key.flags() & KeyNode.KEY_HIVE_ENTRY) != 0;
  }
}
