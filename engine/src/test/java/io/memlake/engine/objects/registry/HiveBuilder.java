package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes cells into two storages of one bin each; everything is placed by hand. */
final class HiveBuilder implements CellSource {
  private final byte[][] storages = {new byte[0x20000], new byte[0x4000]};
  private final int[] ends = {HiveBin.HEADER, HiveBin.HEADER};

  /** A cell in use with a body; its index. */
  int cell(boolean volatileStorage, byte... body) {
    int storage = volatileStorage ? 1 : 0;
    int at = ends[storage];
    int size = (body.length + CellReader.HEADER + 7) & -8;
    LittleEndian.putI32(storages[storage], at, -size);
    System.arraycopy(body, 0, storages[storage], at + CellReader.HEADER, body.length);
    ends[storage] += size;
    return at | (volatileStorage ? VOLATILE : 0);
  }

  /** A key without lists, with a Latin-1 name. */
  int key(boolean volatileStorage, int parent, String name) {
    byte[] latin = name.getBytes(StandardCharsets.ISO_8859_1);
    byte[] body = Arrays.copyOf(new byte[] {'n', 'k', 0x20, 0}, KeyNode.FIXED + latin.length);
    LittleEndian.putI32(body, 16, parent);
    for (int field : new int[] {28, 32, 40, 44, 48}) {
      LittleEndian.putI32(body, field, NO_CELL);
    }
    LittleEndian.putU16(body, 72, latin.length);
    System.arraycopy(latin, 0, body, KeyNode.FIXED, latin.length);
    return cell(volatileStorage, body);
  }

  /** A value; the arguments are its fields. */
  int value(String name, int type, int length, int data) {
    byte[] latin = name.getBytes(StandardCharsets.ISO_8859_1);
    byte[] body = Arrays.copyOf(new byte[] {'v', 'k'}, ValueNode.FIXED + latin.length);
    LittleEndian.putU16(body, 2, latin.length);
    LittleEndian.putI32(body, 4, length);
    LittleEndian.putI32(body, 8, data);
    LittleEndian.putI32(body, 12, type);
    LittleEndian.putU16(body, 16, 1);
    System.arraycopy(latin, 0, body, ValueNode.FIXED, latin.length);
    return cell(false, body);
  }

  /** A list of numbers behind two letters and a count; {@code width} 8 leaves room for hashes. */
  int list(String signature, int width, int... elements) {
    byte[] body = new byte[4 + elements.length * width];
    body[0] = (byte) signature.charAt(0);
    body[1] = (byte) signature.charAt(1);
    LittleEndian.putU16(body, 2, elements.length);
    for (int i = 0; i < elements.length; i++) {
      LittleEndian.putI32(body, 4 + i * width, elements[i]);
    }
    return cell(false, body);
  }

  /** A bare list of numbers. */
  int numbers(int... elements) {
    byte[] body = new byte[elements.length * Integer.BYTES];
    for (int i = 0; i < elements.length; i++) {
      LittleEndian.putI32(body, i * Integer.BYTES, elements[i]);
    }
    return cell(false, body);
  }

  /** Overwrites a field of the body of a cell. */
  HiveBuilder put(int cell, int field, int value) {
    int at = (int) CellSource.offset(cell) + CellReader.HEADER + field;
    LittleEndian.putI32(storages[CellSource.isVolatile(cell) ? 1 : 0], at, value);
    return this;
  }

  @Override
  public String name() {
    return "built hive";
  }

  @Override
  public long length(boolean volatileStorage) {
    return storages[volatileStorage ? 1 : 0].length;
  }

  @Override
  public boolean read(int position, byte[] target, int offset, int length) {
    byte[] storage = storages[CellSource.isVolatile(position) ? 1 : 0];
    long at = CellSource.offset(position);
    if (at + length > storage.length) {
      return false;
    }
    System.arraycopy(storage, (int) at, target, offset, length);
    return true;
  }
}
