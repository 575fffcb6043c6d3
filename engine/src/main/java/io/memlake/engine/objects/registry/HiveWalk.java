package io.memlake.engine.objects.registry;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Visits every key of a hive from its root, each once, whatever the lists say.
 *
 * <p>A key that two lists name is given at the first place; the second is a gap, as is a key whose
 * own parent field names another key, which is still given.
 */
public final class HiveWalk {
  /** Levels below the root; Windows allows 512. */
  public static final int MAX_DEPTH = 512;

  private final Hive hive;
  private final HiveVisitor visitor;
  private final CellSet reached = new CellSet();
  private final List<HiveGap> pending = new ArrayList<>();

  private HiveWalk(Hive hive, HiveVisitor visitor) {
    this.hive = hive;
    this.visitor = visitor;
  }

  /** A key whose subkeys are being visited. */
  private static final class Level {
    private final String path;
    private final KeyNode key;
    private final int[] subkeys;
    private int next;

    Level(String path, KeyNode key, int[] subkeys) {
      this.path = path;
      this.key = key;
      this.subkeys = subkeys;
    }
  }

  /**
   * Walks the hive.
   *
   * @return the cells of all keys and values that were given
   * @throws IOException when the medium or the visitor fails
   */
  public static CellSet walk(Hive hive, HiveVisitor visitor) throws IOException {
    HiveWalk walk = new HiveWalk(hive, visitor);
    walk.run();
    return walk.reached;
  }

  private void run() throws IOException {
    Deque<Level> levels = new ArrayDeque<>();
    KeyNode root = hive.root(pending::add).orElse(null);
    flush("");
    if (root == null) {
      return;
    }
    levels.push(enter("", root));
    while (!levels.isEmpty()) {
      Level level = levels.peek();
      if (level.next == level.subkeys.length) {
        levels.pop();
        continue;
      }
      int cell = level.subkeys[level.next++];
      KeyNode key = child(level, cell, levels.size());
      if (key != null) {
        String path = level.path.isEmpty() ? key.name() : level.path + '\\' + key.name();
        levels.push(enter(path, key));
      }
    }
  }

  private KeyNode child(Level level, int cell, int depth) throws IOException {
    KeyNode key = hive.key(cell, pending::add).orElse(null);
    flush(level.path);
    if (key == null) {
      return null;
    }
    if (depth > MAX_DEPTH) {
      damage(level.path, cell, "a key lies deeper than " + MAX_DEPTH + " levels");
      return null;
    }
    if (reached.contains(cell)) {
      damage(level.path, cell, "the key " + key.name() + " is listed a second time");
      return null;
    }
    if (key.parent() != level.key.cell()) {
      damage(
          level.path,
          cell,
          "the key " + key.name() + " names " + CellReader.index(key.parent()) + " as its parent");
    }
    return key;
  }

  private Level enter(String path, KeyNode key) throws IOException {
    reached.add(key.cell());
    visitor.key(path, key);
    for (int cell : hive.valueCells(key, pending::add)) {
      flush(path);
      ValueNode value = hive.value(cell, pending::add).orElse(null);
      if (value == null) {
        continue;
      }
      if (reached.add(cell)) {
        visitor.value(path, key, value);
      } else {
        damage(path, cell, "the value " + value.name() + " is listed a second time");
      }
    }
    int[] subkeys = hive.subkeyCells(key, pending::add);
    flush(path);
    return new Level(path, key, subkeys);
  }

  private void damage(String path, int cell, String detail) throws IOException {
    visitor.gap(path, CellReader.unparsable(cell, detail).gap());
  }

  private void flush(String path) throws IOException {
    for (HiveGap gap : pending) {
      visitor.gap(path, gap);
    }
    pending.clear();
  }
}
