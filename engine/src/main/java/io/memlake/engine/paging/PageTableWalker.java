package io.memlake.engine.paging;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;

/**
 * One pass over all tables of an address space.
 *
 * <p>Every table is visited once: the self-map, through which Windows sees its own tables, and
 * loops that smear makes are not followed. Tables in transition are followed; those in a page file
 * or the compressed store are asked from the space's {@link PagedOutPages}. Per entry nothing is
 * allocated.
 */
public final class PageTableWalker {
  /** 4 GiB of page tables, which map 2 TiB; a walk that needs more is led astray. */
  public static final int MAX_TABLES = 1 << 20;

  /** Runs told in one walk; a machine of 16 GiB has a few million. */
  public static final long MAX_RUNS = 1 << 26;

  private static final int RIGHTS =
      MappingFlags.WRITABLE | MappingFlags.EXECUTABLE | MappingFlags.USER;

  private static final long WRITE_BIT = 1L << 1;
  private static final long USER_BIT = 1L << 2;
  private static final long ACCESSED_AND_DIRTY = 0x60;
  private static final long LARGE_BIT = 1L << 7;
  private static final long NO_EXECUTE_BIT = 1L << 63;

  private final PagedAddressSpace space;
  private final PagedAddressSpace kernel;
  private final PagingMode mode;
  private final PhysicalMemory memory;
  private final MappingVisitor visitor;
  private final int lastLevel;
  private final int maxTables;
  private final byte[][] tables;
  private final byte[][] kernelTables;
  private final FrameSet visited = new FrameSet();
  private final FrameSet selfMapped = new FrameSet();
  private final PageTableCounts counts = new PageTableCounts();
  private final LeafEntries leaves;

  PageTableWalker(
      PagedAddressSpace space,
      PagedAddressSpace kernel,
      MappingVisitor visitor,
      int maxTables,
      long maxRuns) {
    this.space = space;
    this.kernel = kernel;
    this.mode = space.mode();
    this.memory = space.memory();
    this.visitor = visitor;
    this.lastLevel = mode.levels() - 1;
    this.tables = new byte[mode.levels()][PhysicalMemory.PAGE_SIZE];
    this.kernelTables = new byte[mode.levels()][PhysicalMemory.PAGE_SIZE];
    this.maxTables = maxTables;
    this.leaves = new LeafEntries(space, visitor, counts, maxRuns);
  }

  /** Walks everything that the tables of {@code space} map. */
  public static PageTableCounts walk(PagedAddressSpace space, MappingVisitor visitor)
      throws IOException {
    return new PageTableWalker(space, null, visitor, MAX_TABLES, MAX_RUNS).run();
  }

  /**
   * Walks what {@code space} maps by itself: the user half, and of the kernel half the tables that
   * {@code kernel} has not at the same place, such as those of the session and of hyperspace.
   */
  public static PageTableCounts walkOwn(
      PagedAddressSpace space, PagedAddressSpace kernel, MappingVisitor visitor)
      throws IOException {
    if (space.mode() != kernel.mode()) {
      throw new IllegalArgumentException(
          "A space of mode " + space.mode() + " shares nothing with one of " + kernel.mode());
    }
    return new PageTableWalker(space, kernel, visitor, MAX_TABLES, MAX_RUNS).run();
  }

  PageTableCounts run() throws IOException {
    long root = space.dtb() & -PhysicalMemory.PAGE_SIZE;
    if (!memory.read(root, tables[0], 0, PhysicalMemory.PAGE_SIZE)) {
      counts.tablesMissing++;
      return counts;
    }
    long rootPfn = root >>> PhysicalMemory.PAGE_SHIFT;
    visited.add(rootPfn);
    counts.tablesRead++;
    visitor.table(0, rootPfn, 0);
    boolean shared =
        kernel != null
            && memory.read(
                kernel.dtb() & -PhysicalMemory.PAGE_SIZE,
                kernelTables[0],
                0,
                PhysicalMemory.PAGE_SIZE);
    visitDirectories();
    walkTable(0, 0, RIGHTS, shared);
    leaves.end();
    return counts;
  }

  /**
   * Under PAE the last directory names all four directories as its tables: they are marked before
   * the walk so that this self-map is known as one.
   */
  private void visitDirectories() {
    if (mode != PagingMode.PAE) {
      return;
    }
    for (int i = 0; i < mode.entries(0); i++) {
      long entry = entry(tables[0], 0, i, space.dtb());
      if (PteDecoder.isValid(entry)) {
        selfMapped.add(mode.frame(entry) >>> PhysicalMemory.PAGE_SHIFT);
      }
    }
  }

  private void walkTable(int level, long base, int rights, boolean shared) throws IOException {
    byte[] table = tables[level];
    int entries = mode.entries(level);
    int shift = mode.shift(level);
    for (int i = 0; i < entries && counts.complete; i++) {
      long entry = entry(table, level, i, space.dtb());
      if (entry == 0) {
        continue;
      }
      long virtualAddress = mode.canonical(base | ((long) i << shift));
      long theirs = 0;
      if (shared && mode.isKernel(virtualAddress)) {
        theirs = entry(kernelTables[level], level, i, kernel.dtb());
        if (isSame(entry, theirs)) {
          continue;
        }
      }
      if (level == lastLevel) {
        leaves.add(virtualAddress, entry, rights);
      } else {
        walkEntry(level, virtualAddress, entry, rights, theirs);
      }
    }
  }

  /** Equal but for the accessed and dirty bits, which each view may set at its own time. */
  private static boolean isSame(long entry, long theirs) {
    long difference = entry ^ theirs;
    return difference == 0
        || (PteDecoder.isValid(entry) && (difference & ~ACCESSED_AND_DIRTY) == 0);
  }

  private void walkEntry(int level, long virtualAddress, long entry, int rights, long theirs)
      throws IOException {
    int below = rights;
    if (PteDecoder.isValid(entry)) {
      // The four entries at the root of PAE have no rights of their own.
      below = mode == PagingMode.PAE && level == 0 ? rights : rights & rightsOf(entry, mode);
      if ((entry & LARGE_BIT) != 0 && mode.allowsLargePage(level)) {
        leaves.addLarge(virtualAddress, entry, level, below);
        return;
      }
    }
    if (!readTable(level + 1, virtualAddress, entry)) {
      return;
    }
    boolean table =
        PteDecoder.isValid(theirs) && ((theirs & LARGE_BIT) == 0 || !mode.allowsLargePage(level));
    boolean shared =
        table
            && memory.read(
                mode.frame(theirs), kernelTables[level + 1], 0, PhysicalMemory.PAGE_SIZE);
    long base = virtualAddress & ((1L << mode.addressBits()) - 1);
    walkTable(level + 1, base, below, shared);
  }

  /** Reads the table that {@code above} names into the buffer of its level, if it is one. */
  private boolean readTable(int level, long virtualAddress, long above) throws IOException {
    PteKind kind = PteDecoder.kindOf(above, space.layout());
    byte[] table = tables[level];
    switch (kind) {
      case HARDWARE, TRANSITION -> {
        long pfn =
            kind == PteKind.HARDWARE
                ? mode.frame(above) >>> PhysicalMemory.PAGE_SHIFT
                : PteDecoder.transitionPfn(above, space.layout());
        if (isSelfMap(level, pfn)) {
          return false;
        }
        if (visited.contains(pfn)) {
          counts.tablesRefused++;
          return false;
        }
        if (memory.read(pfn << PhysicalMemory.PAGE_SHIFT, table, 0, PhysicalMemory.PAGE_SIZE)) {
          visited.add(pfn);
          boolean accepted = accept(table);
          if (accepted) {
            visitor.table(virtualAddress, pfn, level);
          }
          return accepted;
        }
      }
      case PAGE_FILE -> {
        if (space.pagedOut().readPage(space, virtualAddress, above, table, 0)) {
          return accept(table);
        }
      }
      case EMPTY, DEMAND_ZERO, DECOMMITTED -> {
        return false;
      }
      default -> {
        counts.unknown++;
        return false;
      }
    }
    counts.tablesMissing++;
    return false;
  }

  private boolean accept(byte[] table) {
    if (counts.tablesRead >= maxTables) {
      counts.complete = false;
      return false;
    }
    if (PageTableShape.isOnePresentEntryRepeated(table, mode.entrySize())) {
      counts.tablesRefused++;
      return false;
    }
    counts.tablesRead++;
    return true;
  }

  private boolean isSelfMap(int level, long pfn) {
    boolean root = level == 1 && pfn == space.dtb() >>> PhysicalMemory.PAGE_SHIFT;
    return root || (level == lastLevel && selfMapped.contains(pfn));
  }

  private long entry(byte[] table, int level, int index, long dtb) {
    int at = index * mode.entrySize();
    if (level == 0) {
      at += (int) dtb & (PhysicalMemory.PAGE_SIZE - 1);
    }
    return mode.entrySize() == Long.BYTES
        ? LittleEndian.i64(table, at)
        : LittleEndian.u32(table, at);
  }

  /** Writable, executable and user bits of a valid entry. */
  static int rightsOf(long entry, PagingMode mode) {
    boolean executable = mode.entrySize() == Integer.BYTES || (entry & NO_EXECUTE_BIT) == 0;
    return ((entry & WRITE_BIT) != 0 ? MappingFlags.WRITABLE : 0)
        | (executable ? MappingFlags.EXECUTABLE : 0)
        | ((entry & USER_BIT) != 0 ? MappingFlags.USER : 0);
  }
}
