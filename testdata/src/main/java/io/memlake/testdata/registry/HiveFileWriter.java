package io.memlake.testdata.registry;

import io.memlake.testdata.kernel.SystemClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes a tree of keys as a hive of version 1.5: keys with hashed lists of subkeys, one security
 * cell, data of more than 16,344 bytes in segments. Volatile keys go to a storage of their own.
 */
public final class HiveFileWriter {

  private static final int BLOCK = HiveContent.BLOCK;
  private static final int BIN_HEADER = 32;
  private static final int SEGMENT = 16_344;
  private static final int NIL = -1;
  private static final int VOLATILE = 0x80000000;
  private static final int KEY_FIXED = 76;
  private static final int VALUE_FIXED = 20;
  private static final int COMPRESSED = 0x20;

  /** Owner and group Administrators, no lists: a self-relative descriptor. */
  private static final byte[] DESCRIPTOR = {
    1,
    0,
    0,
    (byte) 0x80,
    20,
    0,
    0,
    0,
    36,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    1,
    2,
    0,
    0,
    0,
    0,
    0,
    5,
    32,
    0,
    0,
    0,
    0x20,
    2,
    0,
    0,
    1,
    2,
    0,
    0,
    0,
    0,
    0,
    5,
    32,
    0,
    0,
    0,
    0x20,
    2,
    0,
    0
  };

  private final Storage[] storages = {new Storage(0), new Storage(VOLATILE)};
  private int security;

  private HiveFileWriter() {}

  /** One storage that grows bin by bin. */
  private static final class Storage {
    private final int base;
    private final CellBytes bytes = new CellBytes(0);
    private int bin;
    private int next;
    private int end;

    Storage(int base) {
      this.base = base;
    }

    int allocate(int body) {
      int size = (body + Integer.BYTES + 7) & -8;
      if (next + size > end) {
        close();
        open(size);
      }
      int cell = next;
      bytes.u32(cell, -size);
      next += size;
      return cell | base;
    }

    private void open(int size) {
      bin = end;
      int length = (size + BIN_HEADER + BLOCK - 1) / BLOCK * BLOCK;
      end = bin + length;
      bytes.grow(end);
      bytes.ascii(bin, "hbin").u32(bin + 4, bin).u32(bin + 8, length);
      next = bin + BIN_HEADER;
    }

    void close() {
      if (next < end) {
        bytes.u32(next, end - next);
        next = end;
      }
    }
  }

  /**
   * Writes a hive.
   *
   * @param fileName what its base block says of its file, at most 31 characters
   * @param written when it was last written
   */
  public static HiveContent write(HiveTree root, String fileName, Instant written) {
    HiveFileWriter writer = new HiveFileWriter();
    int rootCell = writer.key(root, NIL, true);
    for (Storage storage : writer.storages) {
      storage.close();
    }
    byte[] stable = writer.storages[0].bytes.bytes();
    return new HiveContent(
        baseBlock(rootCell, stable.length, fileName, written),
        stable,
        writer.storages[1].bytes.bytes());
  }

  private static byte[] baseBlock(int rootCell, int length, String fileName, Instant written) {
    CellBytes block = new CellBytes(BLOCK);
    block.ascii(0, "regf");
    block.u32(4, 7).u32(8, 7).u64(12, SystemClock.fileTime(written));
    block.u32(20, 1).u32(24, 5).u32(28, 0).u32(32, 1);
    block.u32(36, rootCell).u32(40, length).u32(44, 1);
    byte[] name = fileName.getBytes(StandardCharsets.UTF_16LE);
    block.put(48, Arrays.copyOf(name, Math.min(name.length, 62)));
    int sum = 0;
    for (int at = 0; at < 508; at += Integer.BYTES) {
      sum ^= block.u32(at);
    }
    block.u32(508, sum == 0 ? 1 : sum == -1 ? -2 : sum);
    return block.bytes();
  }

  private int key(HiveTree tree, int parent, boolean root) {
    boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(tree.name);
    byte[] name =
        tree.name.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16LE);
    int number = tree.unstable ? 1 : 0;
    int cell = storages[number].allocate(KEY_FIXED + name.length);
    if (root) {
      security = security();
    }
    List<Integer> stable = new ArrayList<>();
    List<Integer> unstable = new ArrayList<>();
    List<String> stableNames = new ArrayList<>();
    List<String> unstableNames = new ArrayList<>();
    for (HiveTree subkey : tree.subkeys.values()) {
      int subcell = key(subkey, cell, false);
      (subkey.unstable ? unstable : stable).add(subcell);
      (subkey.unstable ? unstableNames : stableNames).add(subkey.name);
    }
    CellBytes body = new CellBytes(KEY_FIXED + name.length);
    body.ascii(0, "nk");
    int flags = (latin ? COMPRESSED : 0) | (root ? 0x0C : 0) | (tree.unstable ? 1 : 0);
    body.u16(2, flags).u64(4, SystemClock.fileTime(tree.written));
    body.u32(16, parent);
    body.u32(20, stable.size()).u32(24, unstable.size());
    body.u32(28, list(number, stable, stableNames)).u32(32, list(1, unstable, unstableNames));
    body.u32(36, tree.values.size()).u32(40, values(number, tree.values));
    body.u32(44, security).u32(48, classCell(number, tree.className));
    body.u16(72, name.length);
    body.u16(74, (tree.className.length() * Character.BYTES));
    body.put(KEY_FIXED, name);
    put(cell, body.bytes());
    return cell;
  }

  private int security() {
    CellBytes body = new CellBytes(20 + DESCRIPTOR.length);
    int cell = storages[0].allocate(20 + DESCRIPTOR.length);
    body.ascii(0, "sk");
    body.u32(4, cell).u32(8, cell).u32(12, 1).u32(16, DESCRIPTOR.length);
    body.put(20, DESCRIPTOR);
    put(cell, body.bytes());
    return cell;
  }

  private int classCell(int storage, String className) {
    return className.isEmpty() ? NIL : cell(storage, className.getBytes(StandardCharsets.UTF_16LE));
  }

  private int list(int storage, List<Integer> cells, List<String> names) {
    if (cells.isEmpty()) {
      return NIL;
    }
    CellBytes body = new CellBytes(4 + cells.size() * 8);
    body.ascii(0, "lh").u16(2, cells.size());
    for (int i = 0; i < cells.size(); i++) {
      body.u32(4 + i * 8, cells.get(i)).u32(8 + i * 8, hash(names.get(i)));
    }
    return cell(storage, body.bytes());
  }

  private static int hash(String name) {
    int hash = 0;
    for (char c : name.toUpperCase(Locale.ROOT).toCharArray()) {
      hash = hash * 37 + c;
    }
    return hash;
  }

  private int values(int storage, List<HiveTree.Value> values) {
    if (values.isEmpty()) {
      return NIL;
    }
    CellBytes body = new CellBytes(values.size() * Integer.BYTES);
    for (int i = 0; i < values.size(); i++) {
      body.u32(i * Integer.BYTES, value(storage, values.get(i)));
    }
    return cell(storage, body.bytes());
  }

  private int value(int storage, HiveTree.Value value) {
    boolean latin = StandardCharsets.ISO_8859_1.newEncoder().canEncode(value.name);
    byte[] name =
        value.name.getBytes(latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16LE);
    byte[] data = value.data;
    CellBytes body = new CellBytes(VALUE_FIXED + name.length);
    body.ascii(0, "vk").u16(2, name.length);
    if (data.length <= Integer.BYTES) {
      body.u32(4, data.length | VOLATILE);
      body.u32(8, new CellBytes(Integer.BYTES).put(0, data).u32(0));
    } else {
      body.u32(4, data.length).u32(8, data(storage, data));
    }
    body.u32(12, value.type).u16(16, (latin ? 1 : 0));
    body.put(VALUE_FIXED, name);
    return cell(storage, body.bytes());
  }

  private int data(int storage, byte[] data) {
    if (data.length <= SEGMENT) {
      return cell(storage, data);
    }
    int count = (data.length + SEGMENT - 1) / SEGMENT;
    CellBytes list = new CellBytes(count * Integer.BYTES);
    for (int i = 0; i < count; i++) {
      int end = Math.min(data.length, (i + 1) * SEGMENT);
      list.u32(i * Integer.BYTES, cell(storage, Arrays.copyOfRange(data, i * SEGMENT, end)));
    }
    CellBytes body = new CellBytes(8);
    body.ascii(0, "db").u16(2, count);
    body.u32(4, cell(storage, list.bytes()));
    return cell(storage, body.bytes());
  }

  private int cell(int storage, byte[] body) {
    int cell = storages[storage].allocate(body.length);
    put(cell, body);
    return cell;
  }

  private void put(int cell, byte[] body) {
    Storage storage = storages[cell < 0 ? 1 : 0];
    storage.bytes.put((cell & ~VOLATILE) + Integer.BYTES, body);
  }
}
