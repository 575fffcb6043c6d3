package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Utf16;
import java.nio.charset.StandardCharsets;

/**
 * A key ({@code _CM_KEY_NODE}).
 *
 * @param cell index of its cell
 * @param inUse whether the cell is allocated; a free one belongs to a deleted key
 * @param flags bits, see {@code KEY_…} here
 * @param lastWritten FILETIME of the last change of the key or of one of its values
 * @param parent cell of the parent key; meaningless for the root
 * @param stableSubkeys number of subkeys that survive a restart
 * @param volatileSubkeys number of subkeys that do not
 * @param stableList cell of the list of the former
 * @param volatileList cell of the list of the latter
 * @param values number of values
 * @param valueList cell of their list
 * @param security cell of the security descriptor
 * @param classCell cell of the class name
 * @param classLength bytes of the class name
 * @param name name of the key
 */
public record KeyNode(
    int cell,
    boolean inUse,
    int flags,
    long lastWritten,
    int parent,
    long stableSubkeys,
    long volatileSubkeys,
    int stableList,
    int volatileList,
    long values,
    int valueList,
    int security,
    int classCell,
    int classLength,
    String name) {
  /** The key and all below it vanish with the next start. */
  public static final int KEY_VOLATILE = 0x0001;

  /** Another hive is mounted here; the key has no lists of its own. */
  public static final int KEY_HIVE_EXIT = 0x0002;

  /** Root of a hive. */
  public static final int KEY_HIVE_ENTRY = 0x0004;

  /** A link: its value {@code SymbolicLinkValue} names the target. */
  public static final int KEY_SYM_LINK = 0x0010;

  /** The name is stored as Latin-1. */
  public static final int KEY_COMP_NAME = 0x0020;

  /** A stand-in for a predefined handle; the value list holds the handle. */
  public static final int KEY_PREDEF_HANDLE = 0x0040;

  static final int SIGNATURE = 0x6B6E;

  /** Bytes before the name. */
  static final int FIXED = 76;

  private static final int FLAGS = 2;
  private static final int LAST_WRITTEN = 4;
  private static final int PARENT = 16;
  private static final int STABLE_SUBKEYS = 20;
  private static final int VOLATILE_SUBKEYS = 24;
  private static final int STABLE_LIST = 28;
  private static final int VOLATILE_LIST = 32;
  private static final int VALUES = 36;
  private static final int VALUE_LIST = 40;
  private static final int SECURITY = 44;
  private static final int CLASS = 48;
  private static final int NAME_LENGTH = 72;
  private static final int CLASS_LENGTH = 74;

  /** Bytes of the name of the node whose fixed part is at {@code offset}. */
  static int nameLength(byte[] bytes, int offset) {
    return LittleEndian.u16(bytes, offset + NAME_LENGTH);
  }

  /** Reads a node whose fixed part and name are in {@code bytes}. */
  static KeyNode parse(int cell, boolean inUse, byte[] bytes, int offset) {
    int flags = LittleEndian.u16(bytes, offset + FLAGS);
    return new KeyNode(
        cell,
        inUse,
        flags,
        LittleEndian.i64(bytes, offset + LAST_WRITTEN),
        LittleEndian.i32(bytes, offset + PARENT),
        LittleEndian.u32(bytes, offset + STABLE_SUBKEYS),
        LittleEndian.u32(bytes, offset + VOLATILE_SUBKEYS),
        LittleEndian.i32(bytes, offset + STABLE_LIST),
        LittleEndian.i32(bytes, offset + VOLATILE_LIST),
        LittleEndian.u32(bytes, offset + VALUES),
        LittleEndian.i32(bytes, offset + VALUE_LIST),
        LittleEndian.i32(bytes, offset + SECURITY),
        LittleEndian.i32(bytes, offset + CLASS),
        LittleEndian.u16(bytes, offset + CLASS_LENGTH),
        name(bytes, offset + FIXED, nameLength(bytes, offset), (flags & KEY_COMP_NAME) != 0));
  }

  /** A stored name: Latin-1 when compressed, else UTF-16LE. */
  static String name(byte[] bytes, int offset, int length, boolean compressed) {
    return compressed
        ? new String(bytes, offset, length, StandardCharsets.ISO_8859_1)
        : Utf16.text(bytes, offset, length);
  }

  /** Whether it lives in memory only. */
  public boolean isVolatile() {
    return CellSource.isVolatile(cell) || (flags & KEY_VOLATILE) != 0;
  }

  /** Whether the subkey and value fields mean lists of cells. */
  boolean hasLists() {
    return (flags & KEY_HIVE_EXIT) == 0;
  }

  /** Whether the value fields mean a list of values. */
  boolean hasValueList() {
    return hasLists() && (flags & KEY_PREDEF_HANDLE) == 0;
  }
}
