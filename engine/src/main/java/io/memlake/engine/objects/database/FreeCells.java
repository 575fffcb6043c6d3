package io.memlake.engine.objects.database;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What deleted rows leave in a leaf. A cell at the edge of the free space in the middle of the page
 * stays as it was. Any other becomes a free block: the place of the next block and its own size
 * overwrite its first four bytes, which had the length of the row, its number and often the first
 * bytes of its header.
 */
public final class FreeCells {
  private static final int LEAF = 0x0D;
  private static final int HEADER = 8;
  private static final int BLOCK_HEADER = 4;

  /** The number of a row, if it was overwritten, ended at most so far behind the block's header. */
  private static final int MAX_SHIFT = 8;

  /** Deleted rows of one page: a page of 64 KiB has room for so many short ones. */
  private static final int MAX_ROWS = 4096;

  /** Bytes that rows without text have at least; shorter ones are found in any leftovers. */
  private static final int MIN_ROW = 12;

  /** A cell may leave so many bytes of its block unused. */
  private static final int MAX_FRAGMENT = 3;

  private final ByteBuffer page;
  private final int columns;
  private final List<Set<String>> kinds = new ArrayList<>();
  private final List<DatabaseRow> rows = new ArrayList<>();

  private FreeCells(byte[] bytes, int length, List<DatabaseRow> live) {
    this.page = ByteBuffer.wrap(bytes, 0, length);
    this.columns = live.get(0).columns();
    for (int i = 0; i < columns; i++) {
      Set<String> seen = new HashSet<>();
      for (DatabaseRow row : live) {
        if (i < row.columns()) {
          seen.add(kind(row.values().get(i)));
        }
      }
      kinds.add(seen);
    }
  }

  private static String kind(Object value) {
    return value == null ? "" : value.getClass().getSimpleName();
  }

  /**
   * Rows in the free space of a leaf, each marked as deleted. What they are is for those to tell
   * who know the shape of the table: any bytes may look like a row.
   *
   * @param bytes the page from its first byte on, as far as it is there
   * @param live the rows of the page that are not deleted; a deleted one has as many columns, and
   *     in each a kind of value that one of them has
   */
  public static List<DatabaseRow> rows(byte[] bytes, int length, List<DatabaseRow> live) {
    if (length < HEADER || bytes[0] != LEAF || live.isEmpty()) {
      return List.of();
    }
    FreeCells cells = new FreeCells(bytes, length, live);
    cells.middle();
    cells.blocks();
    return cells.rows;
  }

  /** Whole cells between the places of the cells and the first cell. */
  private void middle() {
    int from = HEADER + Short.BYTES * (page.getShort(3) & 0xFFFF);
    int start = page.getShort(5) & 0xFFFF;
    int to = Math.min(start == 0 ? DatabasePage.MAX_SIZE : start, page.limit());
    int at = from;
    while (at < to - MIN_ROW && rows.size() < MAX_ROWS) {
      int end = cell(at, to);
      at = end > 0 ? end : at + 1;
    }
  }

  /** Adds the cell at a place and tells where it ends; 0 when there is none. */
  private int cell(int at, int to) {
    try {
      page.position(at);
      long length = RowReader.varint(page);
      long rowId = RowReader.varint(page);
      int start = page.position();
      if (length < MIN_ROW || rowId <= 0 || length > to - start) {
        return 0;
      }
      ByteBuffer payload = page.duplicate().limit(start + (int) length);
      Optional<DatabaseRow> row = RowReader.read(payload, rowId, length);
      return add(row) ? start + (int) length : 0;
    } catch (BufferUnderflowException e) {
      return 0;
    }
  }

  /** Cells that became free blocks, without their numbers. */
  private void blocks() {
    Set<Integer> seen = new HashSet<>();
    int at = page.getShort(1) & 0xFFFF;
    while (at != 0 && at + BLOCK_HEADER <= page.limit() && seen.add(at)) {
      int next = page.getShort(at) & 0xFFFF;
      int size = page.getShort(at + Short.BYTES) & 0xFFFF;
      int end = Math.min(at + size, page.limit());
      block(at, end);
      at = next;
    }
  }

  /**
   * Cells of a block. Neighbours that were deleted share one: each was a block by itself for a
   * while, so each has lost its first bytes.
   */
  private void block(int from, int end) {
    int at = from;
    boolean boundary = true;
    while (at < end - MIN_ROW && rows.size() < MAX_ROWS) {
      int cellEnd = at > from ? cell(at, end) : 0;
      if (cellEnd == 0 && boundary) {
        cellEnd = cut(at + BLOCK_HEADER, end);
      }
      boundary = cellEnd > 0;
      at = boundary ? cellEnd : at + 1;
    }
  }

  /** Adds a row that the header of a block cut into and tells where it ends; 0 for none. */
  private int cut(int from, int end) {
    for (int lost = 0; lost <= 1; lost++) {
      ByteBuffer payload = part(from, end);
      Optional<DatabaseRow> row = RowReader.headless(payload, columns, lost);
      if (end - payload.position() <= MAX_FRAGMENT && add(row)) {
        return payload.position();
      }
    }
    for (int shift = 0; shift <= MAX_SHIFT; shift++) {
      ByteBuffer payload = part(Math.min(from + shift, end), end);
      if (add(RowReader.read(payload, 0, -1))) {
        return payload.position();
      }
    }
    for (int lost = 1; lost >= 0; lost--) {
      ByteBuffer payload = part(from, end);
      if (add(RowReader.headless(payload, columns, lost))) {
        return payload.position();
      }
    }
    return 0;
  }

  private ByteBuffer part(int from, int end) {
    return page.duplicate().position(from).limit(end);
  }

  private boolean add(Optional<DatabaseRow> row) {
    boolean good = row.isPresent() && row.get().whole() && row.get().columns() == columns;
    // Text has bytes that pass for a header, but hardly for one of this table.
    for (int i = 0; good && i < columns; i++) {
      good = kinds.get(i).contains(kind(row.get().values().get(i)));
    }
    if (good) {
      rows.add(row.get().asDeleted());
    }
    return good;
  }
}
