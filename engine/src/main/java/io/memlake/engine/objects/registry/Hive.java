package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Utf16;
import io.memlake.schemas.evidence.Absence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keys and values of one hive. Nothing here throws for damaged content: what cannot be read goes to
 * the {@link GapSink} of the call. Belongs to one thread.
 */
public final class Hive {
  /** Data of a value beyond this are not read; Windows writes at most 1 MiB in practice. */
  public static final int MAX_DATA = 16 << 20;

  /** Values of one key that are read; a count beyond it is damage. */
  public static final int MAX_VALUES = 1 << 20;

  private static final int MAX_CLASS = 65_534;

  private final CellSource cells;
  private final CellReader reader;
  private final ValueReader values;
  private final int rootCell;

  /**
   * A hive over its storages.
   *
   * @param rootCell cell of its root key, from its base block
   */
  public Hive(CellSource cells, int rootCell) {
    this.cells = cells;
    this.rootCell = rootCell;
    reader = new CellReader(cells);
    values = new ValueReader(reader);
  }

  /** The hive of a file. */
  public static Hive of(RegfFile file) {
    return new Hive(file, file.baseBlock().rootCell());
  }

  /** The storages below. */
  public CellSource cells() {
    return cells;
  }

  /** The root key; empty, with a gap, when it cannot be read. */
  public Optional<KeyNode> root(GapSink gaps) throws IOException {
    return key(rootCell, gaps);
  }

  /** The key at a cell; empty, with a gap, when it cannot be read. */
  public Optional<KeyNode> key(int cell, GapSink gaps) throws IOException {
    try {
      int size = reader.size(cell, "a key");
      byte[] fixed = reader.body(cell, size, KeyNode.FIXED, "a key");
      if (LittleEndian.u16(fixed, 0) != KeyNode.SIGNATURE) {
        throw CellReader.unparsable(cell, "a key has no signature nk");
      }
      int length = KeyNode.FIXED + KeyNode.nameLength(fixed, 0);
      byte[] body = reader.body(cell, size, length, "the name of a key");
      return Optional.of(KeyNode.parse(cell, size < 0, body, 0));
    } catch (CellException e) {
      gaps.gap(e.gap());
      return Optional.empty();
    }
  }

  /** Cells of the subkeys of a key, stable ones first, in the order of their lists. */
  public int[] subkeyCells(KeyNode key, GapSink gaps) throws IOException {
    if (!key.hasLists()) {
      return new int[0];
    }
    SubkeyLists lists = new SubkeyLists(reader, gaps);
    if (key.stableSubkeys() > 0) {
      lists.add(key.stableList());
    }
    // A file keeps the counters of the time it was written, but never the volatile storage.
    if (key.volatileSubkeys() > 0 && cells.length(true) > 0) {
      lists.add(key.volatileList());
    }
    return lists.keys();
  }

  /** The subkey of a name, compared without case; empty when there is none. */
  public Optional<KeyNode> subkey(KeyNode key, String name, GapSink gaps) throws IOException {
    String wanted = name.toUpperCase(Locale.ROOT);
    for (int cell : subkeyCells(key, gaps)) {
      Optional<KeyNode> found =
          key(cell, gaps).filter(k -> k.name().toUpperCase(Locale.ROOT).equals(wanted));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The key at a path below the root, names separated by a backslash; empty: the root. */
  public Optional<KeyNode> find(String path, GapSink gaps) throws IOException {
    Optional<KeyNode> key = root(gaps);
    for (String name : path.isEmpty() ? new String[0] : path.split("\\\\", -1)) {
      if (key.isEmpty()) {
        return key;
      }
      key = subkey(key.get(), name, gaps);
    }
    return key;
  }

  /** The values of a key, in the order of its list. */
  public List<ValueNode> values(KeyNode key, GapSink gaps) throws IOException {
    List<ValueNode> found = new ArrayList<>();
    for (int cell : valueCells(key, gaps)) {
      value(cell, gaps).ifPresent(found::add);
    }
    return found;
  }

  /** The value of a name, compared without case; the empty name is the default value. */
  public Optional<ValueNode> value(KeyNode key, String name, GapSink gaps) throws IOException {
    String wanted = name.toUpperCase(Locale.ROOT);
    return values(key, gaps).stream()
        .filter(value -> value.name().toUpperCase(Locale.ROOT).equals(wanted))
        .findFirst();
  }

  int[] valueCells(KeyNode key, GapSink gaps) throws IOException {
    if (key.values() == 0 || !key.hasValueList()) {
      return new int[0];
    }
    try {
      return values.list(key.valueList(), key.values(), gaps);
    } catch (CellException e) {
      gaps.gap(e.gap());
      return new int[0];
    }
  }

  /** The value at a cell; empty, with a gap, when it cannot be read. */
  public Optional<ValueNode> value(int cell, GapSink gaps) throws IOException {
    try {
      return Optional.of(values.node(cell));
    } catch (CellException e) {
      gaps.gap(e.gap());
      return Optional.empty();
    }
  }

  /** The data of a value, as far as they are there; what is missing also goes to {@code gaps}. */
  public ValueData data(ValueNode value, GapSink gaps) throws IOException {
    return values.data(value, gaps);
  }

  /** The class name of a key; the empty text when it has none. */
  public Optional<String> className(KeyNode key, GapSink gaps) throws IOException {
    if (key.classLength() == 0 || key.classCell() == CellSource.NO_CELL) {
      return Optional.of("");
    }
    String what = "the class name of a key";
    try {
      int size = reader.size(key.classCell(), what);
      int length = Math.min(key.classLength(), MAX_CLASS);
      return Optional.of(Utf16.text(reader.body(key.classCell(), size, length, what), 0, length));
    } catch (CellException e) {
      gaps.gap(e.gap());
      return Optional.empty();
    }
  }

  /** The security of a key; empty, with a gap, when it cannot be read. */
  public Optional<KeySecurity> security(KeyNode key, GapSink gaps) throws IOException {
    if (key.security() == CellSource.NO_CELL) {
      return Optional.empty();
    }
    int cell = key.security();
    String what = "the security of a key";
    try {
      int size = reader.size(cell, what);
      byte[] body = reader.body(cell, size, KeySecurity.FIXED, what);
      if (LittleEndian.u16(body, 0) != KeySecurity.SIGNATURE) {
        throw CellReader.unparsable(cell, what + " has no signature sk");
      }
      long length = KeySecurity.descriptorLength(body);
      if (length > KeySecurity.MAX_DESCRIPTOR
          || KeySecurity.FIXED + length > Math.abs((long) size) - CellReader.HEADER) {
        throw CellReader.unparsable(cell, what + " claims " + length + " bytes");
      }
      byte[] all = reader.body(cell, size, KeySecurity.FIXED + (int) length, what);
      byte[] descriptor = Arrays.copyOfRange(all, KeySecurity.FIXED, all.length);
      return Optional.of(KeySecurity.parse(cell, body, descriptor));
    } catch (CellException e) {
      gaps.gap(e.gap());
      return Optional.empty();
    }
  }

  /**
   * The path of a key below the root by its chain of parents.
   *
   * @return empty when the chain breaks before it reaches the root
   */
  public Optional<String> path(KeyNode key) throws IOException {
    return new ParentPaths(this).of(key).filter(ParentPaths.Chain::complete).map(c -> c.path());
  }

  /** Whether a cell is there and allocated. */
  boolean inUse(int cell) throws IOException {
    try {
      return reader.size(cell, "a cell") < 0;
    } catch (CellException e) {
      return false;
    }
  }

  int rootCell() {
    return rootCell;
  }

  static HiveGap unreadable(int cell, String detail) {
    return new HiveGap(cell, Absence.UNREADABLE, detail);
  }
}
