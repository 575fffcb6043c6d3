package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.LittleEndian;

/**
 * A value without its data ({@code _CM_KEY_VALUE}).
 *
 * @param cell index of its cell
 * @param inUse whether the cell is allocated; a free one belongs to a deleted value
 * @param name empty for the default value of a key
 * @param type number of the type, see {@link ValueTypes}
 * @param dataLength bytes of the data
 * @param resident whether the data stand in {@code dataCell} itself, at most 4 bytes
 * @param dataCell cell of the data, or the data
 * @param flags bit 0: Latin-1 name; bit 1: a tombstone, which hides a value of a lower layer
 */
public record ValueNode(
    int cell,
    boolean inUse,
    String name,
    int type,
    int dataLength,
    boolean resident,
    int dataCell,
    int flags) {
  static final int SIGNATURE = 0x6B76;

  /** Bytes before the name. */
  static final int FIXED = 20;

  private static final int COMPRESSED_NAME = 1;
  private static final int NAME_LENGTH = 2;
  private static final int DATA_LENGTH = 4;
  private static final int DATA = 8;
  private static final int TYPE = 12;
  private static final int FLAGS = 16;

  static int nameLength(byte[] bytes, int offset) {
    return LittleEndian.u16(bytes, offset + NAME_LENGTH);
  }

  /** Reads a node whose fixed part and name are in {@code bytes}. */
  static ValueNode parse(int cell, boolean inUse, byte[] bytes, int offset) {
    int length = LittleEndian.i32(bytes, offset + DATA_LENGTH);
    int flags = LittleEndian.u16(bytes, offset + FLAGS);
    return new ValueNode(
        cell,
        inUse,
        KeyNode.name(
            bytes, offset + FIXED, nameLength(bytes, offset), (flags & COMPRESSED_NAME) != 0),
        LittleEndian.i32(bytes, offset + TYPE),
        length & Integer.MAX_VALUE,
        length < 0,
        LittleEndian.i32(bytes, offset + DATA),
        flags);
  }
}
