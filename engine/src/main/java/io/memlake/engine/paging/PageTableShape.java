package io.memlake.engine.paging;

import io.memlake.engine.bytes.LittleEndian;

/** Whether bytes can be a page table at all. */
final class PageTableShape {
  private PageTableShape() {}

  /**
   * Whether every entry is the same present one. A directory of which all entries name one table is
   * a page of fill bytes that took the table's place; a last-level table may look like that.
   */
  static boolean isOnePresentEntryRepeated(byte[] table, int entrySize) {
    if ((table[0] & 1) == 0) {
      return false;
    }
    long first = LittleEndian.i64(table, 0);
    if (entrySize == 4 && (int) first != (int) (first >>> 32)) {
      return false;
    }
    for (int at = 8; at < table.length; at += 8) {
      if (LittleEndian.i64(table, at) != first) {
        return false;
      }
    }
    return true;
  }
}
