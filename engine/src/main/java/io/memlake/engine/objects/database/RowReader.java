package io.memlake.engine.objects.database;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the payload of a cell: a header with a type a column, then the values. */
final class RowReader {
  static final int VARINT_BYTES = 9;
  private static final int MAX_COLUMNS = 256;

  /** A header of so many columns has no more bytes. */
  private static final int MAX_HEADER = MAX_COLUMNS * VARINT_BYTES;

  private RowReader() {}

  /**
   * The row of a payload.
   *
   * @param payload from its header on, as far as it is there
   * @param length bytes that it should have; -1 when only its header says so
   */
  static Optional<DatabaseRow> read(ByteBuffer payload, long rowId, long length) {
    try {
      int start = payload.position();
      long headerLength = varint(payload);
      if (headerLength < 2 || headerLength > MAX_HEADER) {
        return Optional.empty();
      }
      int headerEnd = start + (int) headerLength;
      List<Long> types = new ArrayList<>();
      while (payload.position() < headerEnd && types.size() < MAX_COLUMNS) {
        types.add(varint(payload));
      }
      if (payload.position() != headerEnd || types.isEmpty()) {
        return Optional.empty();
      }
      return values(payload, types, rowId, length < 0 ? -1 : length - headerLength);
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  /**
   * The row of a payload whose header has lost its first bytes: its size and perhaps the first
   * type, which stands for the row's number in most tables and is null then.
   *
   * @param payload from the first type on that is there
   * @param columns types of a row of this table
   * @param lost how many of them are gone: 0 or 1
   */
  static Optional<DatabaseRow> headless(ByteBuffer payload, int columns, int lost) {
    try {
      List<Long> types = new ArrayList<>();
      for (int i = 0; i < lost; i++) {
        types.add(0L);
      }
      while (types.size() < columns) {
        types.add(varint(payload));
      }
      return values(payload, types, 0, -1);
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private static Optional<DatabaseRow> values(
      ByteBuffer payload, List<Long> types, long rowId, long contentLength) {
    long claimed = 0;
    List<Object> values = new ArrayList<>(types.size());
    boolean whole = true;
    for (long type : types) {
      if (type == 10 || type == 11 || type < 0) {
        return Optional.empty();
      }
      long size = size(type);
      claimed += size;
      int take = (int) Math.min(size, payload.remaining());
      whole &= take == size;
      values.add(value(payload, type, take, size));
    }
    return contentLength < 0 || claimed == contentLength
        ? Optional.of(new DatabaseRow(rowId, values, whole, false))
        : Optional.empty();
  }

  private static long size(long type) {
    if (type >= 12) {
      return (type - 12) / 2;
    }
    return switch ((int) type) {
      case 1, 2, 3, 4 -> type;
      case 5 -> 6;
      case 6, 7 -> 8;
      default -> 0;
    };
  }

  /** A value; null also when it is cut. */
  private static Object value(ByteBuffer payload, long type, int take, long size) {
    if (type >= 12) {
      byte[] bytes = new byte[take];
      payload.get(bytes);
      return type % 2 == 0 ? bytes : new String(bytes, StandardCharsets.UTF_8);
    }
    if (type == 0 || take < size) {
      return null;
    }
    if (type == 8 || type == 9) {
      return type - 8;
    }
    if (type == 7) {
      return payload.getDouble();
    }
    long number = payload.get();
    for (int i = 1; i < size; i++) {
      number = number << Byte.SIZE | (payload.get() & 0xFF);
    }
    return number;
  }

  static long varint(ByteBuffer page) {
    long value = 0;
    for (int i = 1; i <= VARINT_BYTES; i++) {
      int next = page.get() & 0xFF;
      if (i == VARINT_BYTES) {
        return value << Byte.SIZE | next;
      }
      value = value << 7 | (next & 0x7F);
      if (next < 0x80) {
        break;
      }
    }
    return value;
  }
}
