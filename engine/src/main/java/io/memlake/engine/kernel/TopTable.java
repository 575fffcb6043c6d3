package io.memlake.engine.kernel;

import io.memlake.engine.bytes.LittleEndian;

/**
 * Tells whether a page looks like a top page table of 64-bit Windows: one entry of the upper half
 * leads back to the page itself, the rest is sparse.
 */
final class TopTable {
  /** Index of the self-reference before Windows 10 1607 made it random. */
  static final int FIXED_SELF_INDEX = 0x1ED;

  private static final int ENTRIES = 512;
  private static final int FIRST_KERNEL_ENTRY = 256;
  private static final long FRAME_MASK = 0x000FFFFF_FFFFF000L;
  private static final long PRESENT = 1;
  private static final long WRITABLE = 2;
  private static final long USER = 4;
  private static final long LARGE = 0x80;

  private TopTable() {}

  /**
   * The index of the self-reference of the page at {@code offset}, whose physical address is {@code
   * physicalAddress}; -1 when the page is no top table.
   *
   * @param endOfMemory physical address after the last frame; no entry may lead behind it
   */
  static int selfIndex(byte[] page, int offset, long physicalAddress, long endOfMemory) {
    int self = -1;
    for (int i = FIRST_KERNEL_ENTRY; i < ENTRIES; i++) {
      long entry = LittleEndian.i64(page, offset + i * Long.BYTES);
      if ((entry & (FRAME_MASK | PRESENT | WRITABLE | USER | LARGE))
          == (physicalAddress | PRESENT | WRITABLE)) {
        if (self >= 0) {
          return -1;
        }
        self = i;
      }
    }
    return self >= 0 && leadsToTables(page, offset, endOfMemory) ? self : -1;
  }

  /**
   * A top table has no large pages, and its entries lead to RAM; a truncated image may lack some.
   */
  private static boolean leadsToTables(byte[] page, int offset, long endOfMemory) {
    int present = 0;
    int outside = 0;
    for (int i = 0; i < ENTRIES; i++) {
      long entry = LittleEndian.i64(page, offset + i * Long.BYTES);
      if ((entry & PRESENT) == 0) {
        continue;
      }
      if ((entry & LARGE) != 0) {
        return false;
      }
      present++;
      outside += (entry & FRAME_MASK) >= endOfMemory ? 1 : 0;
    }
    return present >= 2 && outside * 4 <= present;
  }
}
