package io.memlake.engine.image.hibernation;

import io.memlake.engine.bytes.LittleEndian;
import java.util.List;

/**
 * How Windows up to 7 lists the frames of its hibernation file: a table of ranges in one page,
 * linked to the next.
 *
 * @param windows which releases
 * @param wide whether numbers of pages have 64 bits
 * @param headerLength {@code LengthSelf} of the header
 * @param firstTable offset in the header of {@code FirstTablePage}
 * @param next offset in a table of the number of the next
 * @param count offset in a table of the number of entries
 * @param entries offset in a table of the first entry
 * @param entrySize bytes of an entry
 * @param start offset in an entry of the first frame; the frame after the last follows it
 * @param maxEntries entries that fit
 */
record TableLayout(
    String windows,
    boolean wide,
    int headerLength,
    int firstTable,
    int next,
    int count,
    int entries,
    int entrySize,
    int start,
    int maxEntries) {

  private static final TableLayout XP_NARROW =
      new TableLayout("XP", false, 0xA8, 0x58, 4, 12, 16, 16, 4, 0xFF);
  private static final TableLayout XP_WIDE =
      new TableLayout("XP and 2003", true, 0xC0, 0x68, 8, 20, 32, 32, 8, 0x7F);

  /** All, in the order in which layouts of one header length are tried. */
  static final List<TableLayout> ALL =
      List.of(
          new TableLayout("7", true, 0x128, 0x60, 0, 8, 16, 16, 0, 0xFF),
          new TableLayout("7", false, 0xE0, 0x4C, 0, 4, 8, 8, 0, 0x1FF),
          vistaWide(0x128),
          vistaWide(0x140),
          vistaWide(0x138),
          vistaNarrow(0xE0),
          vistaNarrow(0xF0),
          XP_NARROW,
          XP_WIDE);

  private static TableLayout vistaWide(int headerLength) {
    return new TableLayout("Vista", true, headerLength, 0x68, 8, 16, 24, 16, 0, 0xFE);
  }

  private static TableLayout vistaNarrow(int headerLength) {
    return new TableLayout("Vista", false, headerLength, 0x50, 4, 12, 16, 16, 4, 0xFF);
  }

  /** The page of the first table by the header. */
  long firstTable(byte[] header) {
    return number(header, firstTable);
  }

  long next(byte[] table) {
    return number(table, next);
  }

  long count(byte[] table) {
    return LittleEndian.u32(table, count);
  }

  long startPfn(byte[] table, int entry) {
    return number(table, entries + entry * entrySize + start);
  }

  long endPfn(byte[] table, int entry) {
    return number(table, entries + entry * entrySize + start + (wide ? Long.BYTES : Integer.BYTES));
  }

  private long number(byte[] bytes, int offset) {
    return wide ? LittleEndian.i64(bytes, offset) : LittleEndian.u32(bytes, offset);
  }

  /** Whether the page can be a table: entries that fit, rising ranges of possible frames. */
  boolean plausible(byte[] table) {
    long entries = count(table);
    if (entries == 0 || entries > maxEntries) {
      return false;
    }
    for (int i = 0; i < entries; i++) {
      long from = startPfn(table, i);
      long end = endPfn(table, i);
      if (from < 0 || end <= from || end > 1L << 36) {
        return false;
      }
    }
    return true;
  }
}
