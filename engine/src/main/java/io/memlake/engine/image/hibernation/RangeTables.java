package io.memlake.engine.image.hibernation;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.chunk.ChunkedBytes;
import io.memlake.engine.image.chunk.Codec;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tables of ranges with their blocks, Windows up to 7.
 *
 * <pre>
 * file  = header page, ..., { table page, { block } }
 * block = 81 81 "xpress", u32 (bits 0-9 pages - 1, 10- length - 1), up to 0x20, data to 8 bytes
 * </pre>
 *
 * <p>A block has 16 pages, the last of a table fewer; they are those of the table's ranges in their
 * order. Where a block is not at its place it is searched for a little further on.
 */
final class RangeTables {
  static final String BLOCK_MARK = "\u0081\u0081xpress";

  private static final int PAGE_SIZE = PhysicalMemory.PAGE_SIZE;
  private static final int PAGE_SHIFT = PhysicalMemory.PAGE_SHIFT;
  private static final int BLOCK_HEADER = 32;
  private static final int BLOCK_PAGES = 16;

  /** How far a lost block is searched for. */
  private static final int SEARCH = 10 << 10;

  /** Tables of a file; each holds at least one block, usually hundreds. */
  private static final int MAX_TABLES = 1 << 22;

  private final ByteSource file;
  private final TableLayout layout;
  private final ChunkedBytes.Builder chunks;
  private final ExtentTableBuilder extents;
  private final List<String> warnings;

  /** Ranges of the table at hand, as pairs of start and end. */
  private final List<long[]> ranges = new ArrayList<>();

  private int range;
  private long nextPfn;

  RangeTables(
      ByteSource file,
      TableLayout layout,
      ChunkedBytes.Builder chunks,
      ExtentTableBuilder extents,
      List<String> warnings) {
    this.file = file;
    this.layout = layout;
    this.chunks = chunks;
    this.extents = extents;
    this.warnings = warnings;
  }

  /** Whether a table of {@code layout} with a block behind it is at {@code page}. */
  static boolean plausible(ByteSource file, TableLayout layout, long page) throws IOException {
    if (page <= 0 || page > file.size() >>> PAGE_SHIFT) {
      return false;
    }
    byte[] bytes = ContainerBytes.readUpTo(file, page << PAGE_SHIFT, PAGE_SIZE + 8);
    return bytes.length == PAGE_SIZE + 8
        && layout.plausible(bytes)
        && ContainerBytes.holds(bytes, PAGE_SIZE, BLOCK_MARK);
  }

  /** Adds all tables from the one at {@code firstTable}. */
  void add(long firstTable) throws IOException {
    Set<Long> visited = new HashSet<>();
    long page = firstTable;
    while (page != 0) {
      if (!visited.add(page) || visited.size() > MAX_TABLES) {
        warnings.add("The tables of ranges lead back to the one at page " + page);
        return;
      }
      long at = page << PAGE_SHIFT;
      byte[] table =
          page < 0 || page > file.size() >>> PAGE_SHIFT
              ? new byte[0]
              : ContainerBytes.readUpTo(file, at, PAGE_SIZE);
      if (table.length < PAGE_SIZE || !layout.plausible(table)) {
        warnings.add(
            "There is no table of ranges at page "
                + Long.toUnsignedString(page)
                + "; the memory is cut short there");
        return;
      }
      addTable(table, at);
      page = layout.next(table);
    }
  }

  private void addTable(byte[] table, long at) throws IOException {
    ranges.clear();
    long pages = 0;
    for (int i = 0; i < layout.count(table); i++) {
      ranges.add(new long[] {layout.startPfn(table, i), layout.endPfn(table, i)});
      pages += layout.endPfn(table, i) - layout.startPfn(table, i);
    }
    range = 0;
    nextPfn = ranges.get(0)[0];
    long block = at + PAGE_SIZE;
    while (pages > 0) {
      block = block(block);
      if (block < 0) {
        warnings.add(
            "No compressed block follows the table at "
                + Hex.address(at)
                + "; "
                + pages
                + " pages are lost");
        addLost(at);
        return;
      }
      byte[] header = ContainerBytes.read(file, block, BLOCK_HEADER, "a compressed block");
      int info = LittleEndian.i32(header, 8);
      int held = (int) Math.min(pages, (info & 0x3FF) + 1);
      int length = (info >>> 10) + 1;
      int padded = (length + 7) & ~7;
      long data = block + BLOCK_HEADER;
      if (held > BLOCK_PAGES || length > held << PAGE_SHIFT || data + length > file.size()) {
        warnings.add(
            "The compressed block at "
                + Hex.address(block)
                + " is impossible or cut; "
                + pages
                + " pages are lost");
        addLost(at);
        return;
      }
      Codec codec = padded >= held << PAGE_SHIFT ? Codec.STORED : Codec.XPRESS;
      long start = chunks.size();
      chunks.add(0, data, length, codec, (long) held << PAGE_SHIFT);
      addPages(held, start, block);
      pages -= held;
      block = data + padded;
    }
  }

  /** The place of the block that should be at {@code position}, or -1. */
  private long block(long position) throws IOException {
    byte[] bytes = ContainerBytes.readUpTo(file, position, SEARCH);
    for (int i = 0; i + BLOCK_HEADER <= bytes.length; i++) {
      if (ContainerBytes.holds(bytes, i, BLOCK_MARK)) {
        if (i > 0) {
          warnings.add(
              "There is no block at "
                  + Hex.address(position)
                  + "; the next one is "
                  + i
                  + " bytes on");
        }
        return position + i;
      }
    }
    return -1;
  }

  /** Gives the next frames of the ranges to a block. */
  private void addPages(int pages, long start, long definedAt) throws CorruptImageException {
    long at = start;
    int left = pages;
    while (left > 0) {
      long end = ranges.get(range)[1];
      long part = Math.min(left, end - nextPfn);
      extents.addStored(nextPfn << PAGE_SHIFT, part << PAGE_SHIFT, 0, at, definedAt);
      at += part << PAGE_SHIFT;
      left -= (int) part;
      advance(part);
    }
  }

  private void advance(long pages) {
    nextPfn += pages;
    if (nextPfn == ranges.get(range)[1] && range + 1 < ranges.size()) {
      range++;
      nextPfn = ranges.get(range)[0];
    }
  }

  /** What is left of the ranges has no bytes. */
  private void addLost(long definedAt) throws CorruptImageException {
    extents.addUnstored(nextPfn, ranges.get(range)[1] - nextPfn, PageState.TRUNCATED, definedAt);
    for (int i = range + 1; i < ranges.size(); i++) {
      extents.addUnstored(
          ranges.get(i)[0], ranges.get(i)[1] - ranges.get(i)[0], PageState.TRUNCATED, definedAt);
    }
  }
}
