package io.memlake.engine.image.hyperv;

import io.memlake.engine.bytes.LittleEndian;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A table of keys.
 *
 * <pre>
 * table = u16 2, u16 number, u16 sequence, u32 CRC-32, { entry }
 * entry = u8 type, u8 flags, u32 length, u16 table of the parent, u32 its place, u32 CRC-32,
 *         u32 order, u8 length of the name, name with a final NUL, value
 * value = by type; behind flag 1: u32 length, u64 offset in the file
 * </pre>
 */
final class KeyTable {
  private static final int HEADER = 10;
  private static final int ENTRY = 21;
  static final int MARK = 2;
  private static final int FREE = 1;
  private static final int STRING = 6;
  private static final int IN_FILE = 1;
  private static final int NUMBER_LENGTH = 8;

  private final long at;
  private final byte[] bytes;
  private final List<Integer> entries = new ArrayList<>();
  private int wrongChecksums;

  private KeyTable(long at, byte[] bytes) {
    this.at = at;
    this.bytes = bytes;
    int place = HEADER;
    while (place + ENTRY <= bytes.length) {
      long length = LittleEndian.u32(bytes, place + 2);
      int name = ENTRY + LittleEndian.u8(bytes, place + 20);
      if (length < name || length > bytes.length - place) {
        break;
      }
      if (bytes[place] != FREE) {
        entries.add(place);
        wrongChecksums += checksumMatches(place) ? 0 : 1;
      }
      place += (int) length;
    }
  }

  /** The table in {@code bytes}, which lie at {@code at} in the file; empty when there is none. */
  static Optional<KeyTable> of(long at, byte[] bytes) {
    return bytes.length < HEADER || LittleEndian.u16(bytes, 0) != MARK
        ? Optional.empty()
        : Optional.of(new KeyTable(at, bytes));
  }

  int number() {
    return LittleEndian.u16(bytes, 2);
  }

  int sequence() {
    return LittleEndian.u16(bytes, 4);
  }

  /** How many entries do not match their checksum. */
  int wrongChecksums() {
    return wrongChecksums;
  }

  /** Places of the entries in the table. */
  List<Integer> entries() {
    return entries;
  }

  int parentTable(int entry) {
    return LittleEndian.u16(bytes, entry + 6);
  }

  long parentPlace(int entry) {
    return LittleEndian.u32(bytes, entry + 8);
  }

  /** Name of the entry at a place; empty when there is none. */
  String name(long entry) {
    if (entry < HEADER || entry > bytes.length - ENTRY) {
      return "";
    }
    int place = (int) entry;
    int length = LittleEndian.u8(bytes, place + 20);
    if (length == 0 || place + ENTRY + length > bytes.length) {
      return "";
    }
    return new String(bytes, place + ENTRY, length - 1, StandardCharsets.UTF_8);
  }

  /** The value of an entry; empty for nodes and values that leave their entry. */
  Optional<StoreKey> value(int entry, String parent) {
    int type = bytes[entry];
    int from = ENTRY + LittleEndian.u8(bytes, entry + 20);
    int room = (int) LittleEndian.u32(bytes, entry + 2) - from;
    int value = entry + from;
    boolean inFile = (bytes[entry + 1] & IN_FILE) != 0;
    if (inFile) {
      return room < 12
          ? Optional.empty()
          : Optional.of(
              new StoreKey(
                  name(entry),
                  parent,
                  type,
                  LittleEndian.i64(bytes, value + 4),
                  LittleEndian.u32(bytes, value)));
    }
    if (type == StoreKey.ARRAY || type == STRING) {
      long length = room < Integer.BYTES ? -1 : LittleEndian.u32(bytes, value);
      return length < 0 || length > room - Integer.BYTES
          ? Optional.empty()
          : Optional.of(
              new StoreKey(name(entry), parent, type, at + value + Integer.BYTES, length));
    }
    return room < NUMBER_LENGTH
        ? Optional.empty()
        : Optional.of(new StoreKey(name(entry), parent, type, at + value, NUMBER_LENGTH));
  }

  /** The checksum covers head, name and value, not what room is left behind them. */
  private boolean checksumMatches(int place) {
    OptionalInt length = contentLength(place);
    if (length.isEmpty()) {
      return false;
    }
    byte[] content = new byte[length.getAsInt()];
    System.arraycopy(bytes, place, content, 0, content.length);
    return StoreFile.crc(content, content.length, 12) == LittleEndian.i32(bytes, place + 12);
  }

  private OptionalInt contentLength(int place) {
    int from = ENTRY + LittleEndian.u8(bytes, place + 20);
    int room = (int) LittleEndian.u32(bytes, place + 2) - from;
    int type = bytes[place];
    boolean inFile = (bytes[place + 1] & IN_FILE) != 0;
    long value;
    if (inFile || type == 9) {
      value = 12;
    } else if (type == StoreKey.ARRAY || type == STRING) {
      value = room < Integer.BYTES ? -1 : Integer.BYTES + LittleEndian.u32(bytes, place + from);
    } else {
      value = type == 8 ? Integer.BYTES : NUMBER_LENGTH;
    }
    return value < 0 || value > room ? OptionalInt.empty() : OptionalInt.of(from + (int) value);
  }
}
