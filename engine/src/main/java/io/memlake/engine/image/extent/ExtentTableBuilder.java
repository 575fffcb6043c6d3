package io.memlake.engine.image.extent;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Collects the ranges that a container lists, in the container's order, and makes a sorted table
 * without overlaps of them.
 *
 * <p>Ranges may begin and end inside a frame: e820 maps do, and acquirers copy them. Ranges that
 * the stored bytes do not cover become {@link PageState#TRUNCATED}.
 */
public final class ExtentTableBuilder {
  private static final int PAGE_SIZE = PhysicalMemory.PAGE_SIZE;
  private static final int PAGE_SHIFT = PhysicalMemory.PAGE_SHIFT;

  /** Which of two ranges for one frame counts. */
  public enum Overlap {
    /** LiME and ELF: writers never overlap on purpose. */
    FIRST_WINS,
    /** AFF4 maps: a later range replaces an earlier one. */
    LAST_WINS
  }

  private record Extent(
      long firstPfn, long pageCount, PageState state, int source, long location, int fragment) {
    long endPfn() {
      return firstPfn + pageCount;
    }

    /** The part from {@code from} to before {@code to}, which lies inside. */
    Extent part(long from, long to) {
      long moved =
          location == ExtentTable.NOWHERE
              ? location
              : location + ((from - firstPfn) << PhysicalMemory.PAGE_SHIFT);
      return new Extent(from, to - from, state, source, moved, fragment);
    }
  }

  private final String file;
  private final Overlap overlap;
  private final List<Long> sourceSizes = new ArrayList<>();
  private final List<Extent> extents = new ArrayList<>();
  private long overlappingPages;

  /** Names the file for errors and chooses what happens with overlaps. */
  public ExtentTableBuilder(String file, Overlap overlap) {
    this.file = file;
    this.overlap = overlap;
  }

  /** For containers of one file: source 0 has {@code size} bytes. */
  public static ExtentTableBuilder over(StoredBytes bytes, String file) {
    ExtentTableBuilder builder = new ExtentTableBuilder(file, Overlap.FIRST_WINS);
    builder.addSource(bytes.size());
    return builder;
  }

  /** Adds stored bytes of a size; returns their number for the ranges that lie in them. */
  public int addSource(long size) {
    sourceSizes.add(size);
    return sourceSizes.size() - 1;
  }

  /**
   * Adds a range whose bytes are stored.
   *
   * @param physicalAddress first byte; need not be the start of a frame
   * @param length in bytes
   * @param location of the first byte in the source
   * @param definedAt offset in the file of the record that defines the range, for errors
   * @throws CorruptImageException when the range leaves the physical address space
   */
  public void addStored(
      long physicalAddress, long length, int source, long location, long definedAt)
      throws CorruptImageException {
    if (length == 0) {
      return;
    }
    checkRange(physicalAddress, length, definedAt);
    if (location < 0) {
      throw new CorruptImageException(
          file, definedAt, "a range of memory lies outside the file, at " + Hex.address(location));
    }
    long available = Math.max(0, Math.min(length, sourceSizes.get(source) - location));
    long address = physicalAddress;
    long end = physicalAddress + available;
    if (offsetInPage(address) != 0 || end - address < PAGE_SIZE) {
      address = addFragment(address, end, source, location);
    }
    long whole = (end - address) >> PAGE_SHIFT;
    if (whole > 0) {
      add(
          address >> PAGE_SHIFT,
          whole,
          PageState.PRESENT,
          source,
          location + (address - physicalAddress),
          ExtentTable.WHOLE,
          definedAt);
      address += whole << PAGE_SHIFT;
    }
    addFragment(address, end, source, location + (address - physicalAddress));
    addTruncated(physicalAddress + available, physicalAddress + length, definedAt);
  }

  /** The bytes up to {@code end} or the end of the frame; returns where they stop. */
  private long addFragment(long address, long end, int source, long location) {
    if (address >= end) {
      return address;
    }
    int start = offsetInPage(address);
    int length = (int) Math.min(PAGE_SIZE - start, end - address);
    extents.add(
        new Extent(
            address >> PAGE_SHIFT,
            1,
            PageState.TRUNCATED,
            source,
            location,
            ExtentTable.fragment(start, length)));
    return address + length;
  }

  private void addTruncated(long from, long to, long definedAt) throws CorruptImageException {
    long firstPfn = (from + PAGE_SIZE - 1) >> PAGE_SHIFT;
    long endPfn = (to + PAGE_SIZE - 1) >> PAGE_SHIFT;
    if (endPfn > firstPfn) {
      addUnstored(firstPfn, endPfn - firstPfn, PageState.TRUNCATED, definedAt);
    }
  }

  /** Adds frames that the container speaks of without storing bytes for them. */
  public void addUnstored(long firstPfn, long pageCount, PageState state, long definedAt)
      throws CorruptImageException {
    if (pageCount == 0) {
      return;
    }
    if (firstPfn < 0
        || pageCount < 0
        || firstPfn > PageRun.MAX_PFN
        || pageCount > PageRun.MAX_PFN - firstPfn) {
      throw outOfRange(firstPfn, pageCount, definedAt);
    }
    add(firstPfn, pageCount, state, 0, ExtentTable.NOWHERE, ExtentTable.WHOLE, definedAt);
  }

  private void add(
      long firstPfn,
      long pageCount,
      PageState state,
      int source,
      long location,
      int fragment,
      long definedAt)
      throws CorruptImageException {
    if (extents.size() >= ExtentTable.MAX_EXTENTS) {
      throw new CorruptImageException(
          file, definedAt, "more than " + ExtentTable.MAX_EXTENTS + " runs of memory");
    }
    extents.add(new Extent(firstPfn, pageCount, state, source, location, fragment));
  }

  private void checkRange(long physicalAddress, long length, long definedAt)
      throws CorruptImageException {
    long limit = PageRun.MAX_PFN << PAGE_SHIFT;
    if (physicalAddress < 0
        || length < 0
        || physicalAddress > limit
        || length > limit - physicalAddress) {
      throw new CorruptImageException(
          file,
          definedAt,
          "a run of "
              + Long.toUnsignedString(length)
              + " bytes at physical address "
              + Hex.address(physicalAddress)
              + " leaves the 52-bit address space");
    }
  }

  private CorruptImageException outOfRange(long firstPfn, long pageCount, long definedAt) {
    return new CorruptImageException(
        file,
        definedAt,
        "a run of "
            + Long.toUnsignedString(pageCount)
            + " frames at frame "
            + Hex.address(firstPfn)
            + " leaves the 52-bit address space");
  }

  /** Frames that more than one range claimed; known after {@link #build}. */
  public long overlappingPages() {
    return overlappingPages;
  }

  /** The table of all ranges so far. */
  public ExtentTable build() {
    Extent[] sorted = extents.toArray(new Extent[0]);
    Arrays.sort(sorted, (a, b) -> Long.compare(a.firstPfn, b.firstPfn));
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i].firstPfn < sorted[i - 1].endPfn()) {
        sorted = withoutOverlaps();
        break;
      }
    }
    return table(sorted);
  }

  /** Inserts by priority; what is covered already is cut away. */
  private Extent[] withoutOverlaps() {
    TreeMap<Long, Extent> covered = new TreeMap<>();
    overlappingPages = 0;
    for (int i = 0; i < extents.size(); i++) {
      int turn = overlap == Overlap.FIRST_WINS ? i : extents.size() - 1 - i;
      Extent extent = extents.get(turn);
      long from = extent.firstPfn;
      Map.Entry<Long, Extent> before = covered.floorEntry(from);
      if (before != null && before.getValue().endPfn() > from) {
        from = Math.min(before.getValue().endPfn(), extent.endPfn());
      }
      overlappingPages += from - extent.firstPfn;
      NavigableMap<Long, Extent> inside = covered.subMap(from, true, extent.endPfn(), false);
      List<Extent> parts = new ArrayList<>();
      for (Extent there : inside.values()) {
        if (there.firstPfn > from) {
          parts.add(extent.part(from, there.firstPfn));
        }
        long end = Math.min(there.endPfn(), extent.endPfn());
        overlappingPages += end - there.firstPfn;
        from = end;
      }
      if (from < extent.endPfn()) {
        parts.add(extent.part(from, extent.endPfn()));
      }
      parts.forEach(part -> covered.put(part.firstPfn, part));
    }
    return covered.values().toArray(new Extent[0]);
  }

  /** Extents that continue each other in frames and in bytes become one. */
  private static ExtentTable table(Extent[] sorted) {
    List<Extent> joined = new ArrayList<>(sorted.length);
    Extent open = null;
    for (Extent extent : sorted) {
      if (open != null && continues(open, extent)) {
        open =
            new Extent(
                open.firstPfn,
                open.pageCount + extent.pageCount,
                open.state,
                open.source,
                open.location,
                open.fragment);
        continue;
      }
      if (open != null) {
        joined.add(open);
      }
      open = extent;
    }
    if (open != null) {
      joined.add(open);
    }
    ExtentTable table = new ExtentTable(joined.size());
    int at = 0;
    for (Extent e : joined) {
      table.set(at++, e.firstPfn, e.pageCount, e.state, e.source, e.location, e.fragment);
    }
    return table;
  }

  private static boolean continues(Extent left, Extent right) {
    if (left.endPfn() != right.firstPfn
        || left.state != right.state
        || left.fragment != ExtentTable.WHOLE
        || right.fragment != ExtentTable.WHOLE) {
      return false;
    }
    if (left.location == ExtentTable.NOWHERE || right.location == ExtentTable.NOWHERE) {
      return left.location == right.location;
    }
    return left.source == right.source
        && left.location + (left.pageCount << PAGE_SHIFT) == right.location;
  }

  private static int offsetInPage(long address) {
    return (int) (address & (PAGE_SIZE - 1));
  }
}
