package io.memlake.engine.paging;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;

/**
 * The way from the directory table base to the entry of one page, for every {@link PagingMode}.
 *
 * <p>A table may itself have left the working set: one in transition is read from its frame, one in
 * a page file or the compressed store is asked from {@link PagedOutPages} under the lowest address
 * that it covers.
 *
 * <p>Nothing is allocated for a walk. {@link PagedOutPages} may read through the same address space
 * while it looks for a table, so the outcome is written only when nothing is asked any more.
 */
final class PageTableWalk {
  /** {@link #find} reached a present entry; {@link #physicalAddress} is valid. */
  static final int FRAME = 0;

  /** {@link #find} reached a leaf entry that is not present; {@link #entry} is valid. */
  static final int ENTRY = 1;

  /** No table covers the address: nothing is mapped there as far as the tables know. */
  static final int UNMAPPED = 2;

  /** A table on the way is not in the evidence: what was mapped is unknown. */
  static final int MISSING = 3;

  /** Page tables in page files, whose own page tables are in page files: Windows has two levels. */
  private static final int MAX_NESTED_READS = 4;

  private static final long LARGE_PAGE = 1L << 7;

  private final PagedAddressSpace space;
  private final PhysicalMemory memory;
  private final PagingMode mode;
  private final PteLayout layout;
  private final PagedOutPages pagedOut;
  private final long dtb;
  private final int lastLevel;
  private final PageTables tables = new PageTables();
  private int nestedReads;

  private byte tableOutcome;
  private long largeEntry;
  private int largeLevel;

  private long entry;
  private int pageShift;
  private long physicalAddress;

  PageTableWalk(
      PagedAddressSpace space,
      PhysicalMemory memory,
      PagingMode mode,
      long dtb,
      PteLayout layout,
      PagedOutPages pagedOut) {
    this.space = space;
    this.memory = memory;
    this.mode = mode;
    this.dtb = dtb;
    this.layout = layout;
    this.pagedOut = pagedOut;
    this.lastLevel = mode.levels() - 1;
  }

  /**
   * Walks to {@code virtualAddress}, which is normalized and canonical.
   *
   * @return {@link #FRAME}, {@link #ENTRY}, {@link #UNMAPPED} or {@link #MISSING}
   */
  int find(long virtualAddress) throws IOException {
    byte[] table = table(lastLevel, virtualAddress);
    if (table == null) {
      return withoutTable(virtualAddress);
    }
    long found = entryOf(table, lastLevel, virtualAddress);
    entry = found;
    pageShift = PhysicalMemory.PAGE_SHIFT;
    if (!PteDecoder.isValid(found)) {
      return ENTRY;
    }
    physicalAddress = mode.frame(found) | (virtualAddress & (PhysicalMemory.PAGE_SIZE - 1));
    return FRAME;
  }

  /** The leaf entry that the last {@link #find} reached. */
  long entry() {
    return entry;
  }

  /** The physical address that the last {@link #find} reached. */
  long physicalAddress() {
    return physicalAddress;
  }

  /** Bits of the offset inside the page that the last {@link #find} reached: 12 or more. */
  int pageShift() {
    return pageShift;
  }

  /** Bits of the addresses that the table would cover which the last {@link #find} missed. */
  int uncoveredShift() {
    return mode.shift(largeLevel);
  }

  private int withoutTable(long virtualAddress) {
    switch (tableOutcome) {
      case PageTables.LARGE -> {
        long inPage = virtualAddress & ((1L << mode.shift(largeLevel)) - 1);
        entry = largeEntry;
        pageShift = mode.shift(largeLevel);
        physicalAddress = mode.largeFrame(largeLevel, largeEntry) | inPage;
        return FRAME;
      }
      case PageTables.UNMAPPED -> {
        entry = 0;
        return UNMAPPED;
      }
      default -> {
        return MISSING;
      }
    }
  }

  /** The table at {@code level} on the way to the address; null with {@link #tableOutcome} set. */
  private byte[] table(int level, long virtualAddress) throws IOException {
    long prefix = prefix(level, virtualAddress);
    int slot = tables.find(level, prefix);
    if (slot >= 0) {
      return tables.outcome(slot) == PageTables.TABLE
          ? tables.table(slot)
          : none(tables.outcome(slot), tables.entry(slot), level - 1);
    }
    if (level == 0) {
      return read(level, prefix, dtb & -PhysicalMemory.PAGE_SIZE);
    }
    byte[] parent = table(level - 1, virtualAddress);
    if (parent == null) {
      return null;
    }
    long above = entryOf(parent, level - 1, virtualAddress);
    if (PteDecoder.isValid(above)) {
      if ((above & LARGE_PAGE) != 0 && mode.allowsLargePage(level - 1)) {
        tables.remember(level, prefix, PageTables.LARGE, above);
        return none(PageTables.LARGE, above, level - 1);
      }
      return read(level, prefix, mode.frame(above));
    }
    return switch (PteDecoder.kindOf(above, layout)) {
      // Bit 7 of an entry in transition is not the large-page bit.
      case TRANSITION ->
          read(level, prefix, PteDecoder.transitionPfn(above, layout) << PhysicalMemory.PAGE_SHIFT);
      case PAGE_FILE -> readPagedOut(level, prefix, above);
      case EMPTY, DEMAND_ZERO, DECOMMITTED -> noTable(level, prefix, PageTables.UNMAPPED);
      default -> noTable(level, prefix, PageTables.MISSING);
    };
  }

  private byte[] read(int level, long prefix, long physicalAddressOfTable) throws IOException {
    byte[] table = tables.buffer(level, prefix);
    if (!memory.read(physicalAddressOfTable, table, 0, PhysicalMemory.PAGE_SIZE)) {
      return noTable(level, prefix, PageTables.MISSING);
    }
    return accept(level, prefix, table);
  }

  private byte[] readPagedOut(int level, long prefix, long above) throws IOException {
    if (nestedReads >= MAX_NESTED_READS) {
      return none(PageTables.MISSING, 0, level);
    }
    // A buffer of its own: the reader may walk through this space and take the slot meanwhile.
    byte[] table = new byte[PhysicalMemory.PAGE_SIZE];
    long covered = mode.canonical(prefix << tableShift(level));
    boolean found;
    nestedReads++;
    try {
      found = pagedOut.readPage(space, covered, above, table, 0);
    } finally {
      nestedReads--;
    }
    if (found) {
      return accept(level, prefix, table);
    }
    return nestedReads == 0
        ? noTable(level, prefix, PageTables.MISSING)
        : none(PageTables.MISSING, 0, level);
  }

  private byte[] accept(int level, long prefix, byte[] table) {
    if (level < lastLevel && PageTableShape.isOnePresentEntryRepeated(table, mode.entrySize())) {
      return noTable(level, prefix, PageTables.MISSING);
    }
    tables.keep(level, prefix, table);
    return table;
  }

  private byte[] noTable(int level, long prefix, byte outcome) {
    tables.remember(level, prefix, outcome, 0);
    return none(outcome, 0, level - 1);
  }

  private byte[] none(byte outcome, long aboveEntry, int level) {
    tableOutcome = outcome;
    largeEntry = aboveEntry;
    largeLevel = level;
    return null;
  }

  private long entryOf(byte[] table, int level, long virtualAddress) {
    int at = mode.index(level, virtualAddress) * mode.entrySize();
    if (level == 0) {
      at += (int) dtb & (PhysicalMemory.PAGE_SIZE - 1);
    }
    return mode.entrySize() == 8 ? LittleEndian.i64(table, at) : LittleEndian.u32(table, at);
  }

  private long prefix(int level, long virtualAddress) {
    return level == 0 ? 0 : virtualAddress >>> tableShift(level);
  }

  /** Number of address bits that a table at {@code level} covers. */
  private int tableShift(int level) {
    return level == 0 ? mode.addressBits() : mode.shift(level - 1);
  }
}
