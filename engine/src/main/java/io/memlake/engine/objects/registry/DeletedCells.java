package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.FileTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys and values that no list names any more.
 *
 * <p>Windows frees a cell by turning the sign of its size and joining it with free neighbours; the
 * body stays until it is used again. So every eighth byte of free space can start an old cell. In
 * use but unreached cells belong to keys whose lists are damaged or absent. Slack behind a body and
 * bytes behind the last bin are not searched.
 */
public final class DeletedCells {
  private static final int ALIGNMENT = 8;
  private static final int MAX_NAME_OF_KEY = 512;
  private static final int MAX_NAME_OF_VALUE = 32_766;
  private static final int MAX_SUBKEYS = 1 << 24;

  /** Largest type number that a bare value may have: SAM uses small relative identifiers. */
  private static final int MAX_BARE_TYPE = 0xFFFF;

  private static final int DEVICE_PROPERTY = 0xFFFF_0000;

  private final Hive hive;
  private final CellSet reached;
  private final List<KeyNode> keys = new ArrayList<>();
  private final List<ValueNode> values = new ArrayList<>();

  private DeletedCells(Hive hive, CellSet reached) {
    this.hive = hive;
    this.reached = reached;
  }

  /**
   * A key that was found.
   *
   * @param key the key; {@link KeyNode#inUse()} tells an unlinked key from a deleted one
   * @param path names by the chain of parents, as far up as it goes
   * @param pathComplete whether the chain ends at the root
   */
  public record DeletedKey(KeyNode key, String path, boolean pathComplete) {}

  /**
   * A value that was found.
   *
   * @param value the value
   * @param data what its data cell holds now
   * @param dataReused whether that cell is in use again, so that the data are probably another's
   * @param owner cell of the deleted key whose list names it, or {@link CellSource#NO_CELL}
   */
  public record DeletedValue(ValueNode value, ValueData data, boolean dataReused, int owner) {}

  /**
   * What was found, in the order of cells.
   *
   * @param keys the keys
   * @param values the values
   */
  public record Found(List<DeletedKey> keys, List<DeletedValue> values) {}

  /**
   * Looks through all bins.
   *
   * @param reached cells that a walk of the same hive gave
   * @param gaps takes bins that cannot be read
   */
  public static Found find(Hive hive, CellSet reached, GapSink gaps) throws IOException {
    DeletedCells search = new DeletedCells(hive, reached);
    for (boolean storage : new boolean[] {false, true}) {
      for (HiveBin bin : HiveBins.list(hive.cells(), storage, gaps)) {
        search.bin(bin, storage ? CellSource.VOLATILE : 0);
      }
    }
    return search.found();
  }

  private void bin(HiveBin bin, int storage) throws IOException {
    int size = (int) Math.min(bin.size(), hive.cells().length(storage != 0) - bin.offset());
    byte[] bytes = new byte[size];
    boolean[] present = new boolean[size];
    new CellReader(hive.cells()).sparse((int) bin.offset() | storage, bytes, size, present);
    int base = (int) bin.offset() | storage;
    int at = HiveBin.HEADER;
    while (at + ALIGNMENT <= size) {
      if (!present[at]) {
        // Where the next cell starts is not known: what follows is searched like free space.
        at = search(bytes, present, base, at, size);
        continue;
      }
      int cell = LittleEndian.i32(bytes, at);
      long length = Math.abs((long) cell);
      if (length < ALIGNMENT || length % ALIGNMENT != 0 || at + length > size) {
        at = search(bytes, present, base, at, size);
      } else if (cell > 0) {
        at = search(bytes, present, base, at, at + (int) length);
      } else {
        if (!reached.contains(base + at)) {
          candidate(bytes, present, base, at, at + (int) length);
        }
        at += (int) length;
      }
    }
  }

  private int search(byte[] bytes, boolean[] present, int base, int from, int to) {
    for (int at = from; at + ALIGNMENT <= to; at += ALIGNMENT) {
      candidate(bytes, present, base, at, to);
    }
    return to;
  }

  private void candidate(byte[] bytes, boolean[] present, int base, int at, int end) {
    int body = at + CellReader.HEADER;
    if (!present[at] || !present[body + 1]) {
      return;
    }
    int signature = LittleEndian.u16(bytes, body);
    if (signature == KeyNode.SIGNATURE && whole(present, body, end, KeyNode.FIXED)) {
      key(bytes, present, base + at, body, end);
    } else if (signature == ValueNode.SIGNATURE && whole(present, body, end, ValueNode.FIXED)) {
      value(bytes, present, base + at, body, end);
    }
  }

  private static boolean whole(boolean[] present, int from, int end, int length) {
    return from + length <= end && present[from + length - 1];
  }

  private void key(byte[] bytes, boolean[] present, int cell, int body, int end) {
    int name = KeyNode.nameLength(bytes, body);
    if (name == 0 || name > MAX_NAME_OF_KEY || !whole(present, body, end, KeyNode.FIXED + name)) {
      return;
    }
    KeyNode key =
        KeyNode.parse(cell, LittleEndian.i32(bytes, body - CellReader.HEADER) < 0, bytes, body);
    if (FileTime.plausible(key.lastWritten())
        && key.stableSubkeys() <= MAX_SUBKEYS
        && key.volatileSubkeys() <= MAX_SUBKEYS
        && (key.values() <= Hive.MAX_VALUES || !key.hasValueList())
        && canBeCell(key.security())
        && key.name().indexOf('\\') < 0
        && !reached.contains(cell)) {
      keys.add(key);
    }
  }

  /** Whether a reference of a key leads to where a cell can be, or nowhere. */
  private boolean canBeCell(int cell) {
    long offset = CellSource.offset(cell);
    return cell == CellSource.NO_CELL
        || (offset % ALIGNMENT == 0 && offset < hive.cells().length(CellSource.isVolatile(cell)));
  }

  private void value(byte[] bytes, boolean[] present, int cell, int body, int end) {
    int name = ValueNode.nameLength(bytes, body);
    if (name > MAX_NAME_OF_VALUE || !whole(present, body, end, ValueNode.FIXED + name)) {
      return;
    }
    ValueNode value =
        ValueNode.parse(cell, LittleEndian.i32(bytes, body - CellReader.HEADER) < 0, bytes, body);
    boolean knownType =
        (value.type() & DEVICE_PROPERTY) == 0
            ? value.type() <= MAX_BARE_TYPE
            : (value.type() & DEVICE_PROPERTY) == DEVICE_PROPERTY;
    boolean sane =
        value.dataLength() <= (value.resident() ? Integer.BYTES : Hive.MAX_DATA)
            && knownType
            && (value.flags() & ~0x3) == 0;
    if (sane && !reached.contains(cell)) {
      values.add(value);
    }
  }

  private Found found() throws IOException {
    Map<Integer, Integer> owners = new HashMap<>();
    ParentPaths paths = new ParentPaths(hive);
    List<DeletedKey> foundKeys = new ArrayList<>();
    for (KeyNode key : keys) {
      for (int cell : hive.valueCells(key, gap -> {})) {
        owners.putIfAbsent(cell, key.cell());
      }
      Optional<ParentPaths.Chain> chain = paths.of(key);
      foundKeys.add(
          new DeletedKey(
              key,
              chain.map(ParentPaths.Chain::path).orElse(""),
              chain.map(ParentPaths.Chain::complete).orElse(true)));
    }
    List<DeletedValue> foundValues = new ArrayList<>();
    for (ValueNode value : values) {
      // Data of a deleted value are often gone, which is what the value's own record says.
      ValueData data = hive.data(value, gap -> {});
      foundValues.add(
          new DeletedValue(
              value,
              data,
              !value.inUse() && !value.resident() && hive.inUse(value.dataCell()),
              owners.getOrDefault(value.cell(), CellSource.NO_CELL)));
    }
    return new Found(List.copyOf(foundKeys), List.copyOf(foundValues));
  }
}
