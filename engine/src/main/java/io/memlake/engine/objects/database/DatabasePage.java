package io.memlake.engine.objects.database;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A leaf of a table's tree: {@code 0x0D}, first free block, number of cells, start of cells, free
 * fragments; then the places of the cells. A cell is the length of its row, the row's number, and
 * the row: its header with a type a column, then the values. What is too long goes on in pages of
 * its own, which are not followed.
 */
public final class DatabasePage {
  /** Largest page. */
  public static final int MAX_SIZE = 65_536;

  private static final int LEAF = 0x0D;
  private static final int HEADER = 8;
  private static final int MIN_SIZE = 4096;
  private static final int MAX_COLUMNS = 256;
  private static final int MAX_ROW = 1 << 24;
  private static final int VARINT_BYTES = 9;

  private final ByteBuffer page;
  private final int usable;

  private DatabasePage(ByteBuffer page, int usable) {
    this.page = page;
    this.usable = usable;
  }

  /**
   * Bytes that the page has at least, by where its cells begin; what its header leaves open is at
   * most the next power of two.
   */
  public static int size(byte[] bytes, int length) {
    ByteBuffer page = ByteBuffer.wrap(bytes, 0, length);
    int size = MIN_SIZE;
    int cells = length < HEADER ? 0 : page.getShort(3) & 0xFFFF;
    for (int i = 0; i < cells && HEADER + 2 * i + 1 < length; i++) {
      int place = page.getShort(HEADER + 2 * i) & 0xFFFF;
      while (place >= size) {
        size *= 2;
      }
    }
    return size;
  }

  /**
   * The rows of a leaf.
   *
   * @param bytes the page from its first byte on, as far as it is there
   * @return empty when it is no leaf: no cell is a row
   */
  public static Optional<List<DatabaseRow>> rows(byte[] bytes, int length) {
    if (length < HEADER || bytes[0] != LEAF) {
      return Optional.empty();
    }
    DatabasePage page = new DatabasePage(ByteBuffer.wrap(bytes, 0, length), size(bytes, length));
    List<DatabaseRow> rows = new ArrayList<>();
    int cells = page.page.getShort(3) & 0xFFFF;
    int wrong = 0;
    for (int i = 0; i < cells && HEADER + 2 * i + 1 < length; i++) {
      int place = page.page.getShort(HEADER + 2 * i) & 0xFFFF;
      Optional<DatabaseRow> row = page.row(place);
      row.ifPresent(rows::add);
      wrong += row.isEmpty() && place < length ? 1 : 0;
    }
    // Pages that only look like a leaf have cells that are no rows.
    return rows.isEmpty() || wrong > rows.size() ? Optional.empty() : Optional.of(rows);
  }

  private Optional<DatabaseRow> row(int place) {
    try {
      page.position(Math.min(place, page.limit()));
      long length = varint();
      long rowId = varint();
      if (length < 2 || length > MAX_ROW) {
        return Optional.empty();
      }
      int start = page.position();
      int end = start + (int) local(length);
      boolean whole = local(length) == length && end <= page.limit();
      int headerEnd = start + (int) Math.min(varint(), MAX_ROW);
      List<Long> types = new ArrayList<>();
      while (page.position() < headerEnd && types.size() <= MAX_COLUMNS) {
        types.add(varint());
      }
      if (page.position() != headerEnd || types.isEmpty() || headerEnd > end) {
        return Optional.empty();
      }
      return values(types, rowId, Math.min(end, page.limit()), whole, length - (headerEnd - start));
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private Optional<DatabaseRow> values(
      List<Long> types, long rowId, int end, boolean whole, long contentLength) {
    long claimed = 0;
    List<Object> values = new ArrayList<>(types.size());
    for (long type : types) {
      if (type == 10 || type == 11) {
        return Optional.empty();
      }
      long size = size(type);
      claimed += size;
      int take = (int) Math.min(size, Math.max(0, end - page.position()));
      values.add(value(type, take, (int) size));
    }
    return claimed == contentLength
        ? Optional.of(new DatabaseRow(rowId, values, whole))
        : Optional.empty();
  }

  /** Bytes of a long row that lie in this page, by the rule of the format. */
  private long local(long length) {
    long most = usable - 35L;
    if (length <= most) {
      return length;
    }
    long least = (usable - 12L) * 32 / 255 - 23;
    long fitting = least + (length - least) % (usable - 4);
    return fitting <= most ? fitting : least;
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
  private Object value(long type, int take, int size) {
    if (type >= 12) {
      byte[] bytes = new byte[take];
      page.get(bytes);
      return type % 2 == 0 ? bytes : new String(bytes, StandardCharsets.UTF_8);
    }
    if (type == 0 || take < size) {
      return null;
    }
    if (type == 8 || type == 9) {
      return type - 8;
    }
    if (type == 7) {
      return page.getDouble();
    }
    long number = page.get();
    for (int i = 1; i < size; i++) {
      number = number << Byte.SIZE | (page.get() & 0xFF);
    }
    return number;
  }

  private long varint() {
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
