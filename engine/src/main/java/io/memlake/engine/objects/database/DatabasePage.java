package io.memlake.engine.objects.database;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A leaf of a table's tree: {@code 0x0D}, first free block, number of cells, start of cells, free
 * fragments; then the places of the cells. A cell is the length of its row, the row's number, and
 * the row: its header with a type a column, then the values. What is too long goes on in pages of
 * its own: four bytes behind the part that is here name the first, and the first four bytes of each
 * name the next.
 */
public final class DatabasePage {
  /** Largest page. */
  public static final int MAX_SIZE = 65_536;

  /** Smallest page that is looked for; browsers have none below. */
  public static final int MIN_SIZE = 4096;

  private static final int LEAF = 0x0D;
  private static final int HEADER = 8;

  /** Rows of histories are short: longer ones are cut, as those are whose pages are absent. */
  private static final int MAX_ROW = 1 << 20;

  private final ByteBuffer page;
  private final int usable;
  private final OverflowPages overflow;

  private DatabasePage(byte[] bytes, int length, int usable, OverflowPages overflow) {
    this.page = ByteBuffer.wrap(bytes, 0, length);
    this.usable = usable;
    this.overflow = overflow;
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
   * The rows of a leaf of which nothing else is known.
   *
   * @param bytes the page from its first byte on, as far as it is there
   * @return empty when it is no leaf: no cell is a row
   */
  public static Optional<List<DatabaseRow>> rows(byte[] bytes, int length) {
    try {
      return rows(bytes, length, size(bytes, length), OverflowPages.NONE);
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory are not read again", e);
    }
  }

  /**
   * The rows of a leaf.
   *
   * @param bytes the page from its first byte on, as far as it is there
   * @param usable bytes of a page of this database without those that are reserved at its end
   * @param overflow the other pages of the database
   * @return empty when it is no leaf: no cell is a row
   */
  public static Optional<List<DatabaseRow>> rows(
      byte[] bytes, int length, int usable, OverflowPages overflow) throws IOException {
    if (length < HEADER || bytes[0] != LEAF) {
      return Optional.empty();
    }
    DatabasePage page = new DatabasePage(bytes, length, usable, overflow);
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

  private Optional<DatabaseRow> row(int place) throws IOException {
    try {
      page.position(Math.min(place, page.limit()));
      long length = RowReader.varint(page);
      long rowId = RowReader.varint(page);
      if (length < 2 || length > MAX_ROW) {
        return Optional.empty();
      }
      int local = local(length, usable);
      int here = Math.min(local, page.remaining());
      int start = page.position();
      boolean spills = local < length && here == local && page.remaining() >= local + 4;
      byte[] payload = new byte[here];
      page.get(payload);
      if (spills) {
        payload = joined(payload, page.getInt(start + local) & 0xFFFF_FFFFL, (int) length);
      }
      return RowReader.read(ByteBuffer.wrap(payload), rowId, length);
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  /** The part that is here with what follows in other pages, as far as they are there. */
  private byte[] joined(byte[] here, long first, int length) throws IOException {
    byte[] payload = Arrays.copyOf(here, length);
    int have = here.length;
    Set<Long> seen = new HashSet<>();
    long next = first;
    while (have < length && next != 0 && seen.add(next)) {
      Optional<byte[]> more = overflow.page(next);
      if (more.isEmpty() || more.get().length <= Integer.BYTES) {
        break;
      }
      int part = Math.min(length - have, more.get().length - Integer.BYTES);
      System.arraycopy(more.get(), Integer.BYTES, payload, have, part);
      have += part;
      next = ByteBuffer.wrap(more.get()).getInt() & 0xFFFF_FFFFL;
    }
    return have == length ? payload : Arrays.copyOf(payload, have);
  }

  /** Bytes of a long row that lie in this page, by the rule of the format. */
  static int local(long length, int usable) {
    int most = usable - 35;
    if (length <= most) {
      return (int) length;
    }
    int least = (usable - 12) * 32 / 255 - 23;
    int fitting = least + (int) ((length - least) % (usable - 4));
    return fitting <= most ? fitting : least;
  }
}
