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

  /** Bits of the number of an extent; {@link ExtentTable#MAX_EXTENTS} is 2 to this. */
  private static final int INDEX_BITS = 22;

  /** Frames of zeros that are not stored: 64 TiB, more RAM than Windows supports. */
  public static final long MAX_UNSTORED = 1L << 34;

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
  private ExtentTable collected = new ExtentTable(16);
  private int count;
  private long overlappingPages;
  private long zeroPages;

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
      address = addFragment(address, end, source, location, definedAt);
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
    addFragment(address, end, source, location + (address - physicalAddress), definedAt);
    addTruncated(physicalAddress + available, physicalAddress + length, definedAt);
  }

  /** The bytes up to {@code end} or the end of the frame; returns where they stop. */
  private long addFragment(long address, long end, int source, long location, long definedAt)
      throws CorruptImageException {
    if (address >= end) {
      return address;
    }
    int start = offsetInPage(address);
    int length = (int) Math.min(PAGE_SIZE - start, end - address);
    add(
        address >> PAGE_SHIFT,
        1,
        PageState.TRUNCATED,
        source,
        location,
        ExtentTable.fragment(start, length),
        definedAt);
    return address + length;
  }

  private void addTruncated(long from, long to, long definedAt) throws CorruptImageException {
    long firstPfn = (from + PAGE_SIZE - 1) >> PAGE_SHIFT;
    long endPfn = (to + PAGE_SIZE - 1) >> PAGE_SHIFT;
    if (endPfn > firstPfn) {
      addUnstored(firstPfn, endPfn - firstPfn, PageState.TRUNCATED, definedAt);
    }
  }

  /**
   * Adds frames that the container speaks of without storing bytes for them.
   *
   * @throws CorruptImageException when the range leaves the physical address space, or there are
   *     more than {@link #MAX_UNSTORED} frames of zeros
   */
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
    zeroPages += state == PageState.ZERO ? pageCount : 0;
    if (zeroPages > MAX_UNSTORED) {
      throw new CorruptImageException(
          file, definedAt, zeroPages + " pages of zeros that are not stored, more than any RAM");
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
    if (count == ExtentTable.MAX_EXTENTS) {
      throw new CorruptImageException(
          file, definedAt, "more than " + ExtentTable.MAX_EXTENTS + " runs of memory");
    }
    if (count == collected.size()) {
      collected = collected.resized(Math.min(ExtentTable.MAX_EXTENTS, 2 * count));
    }
    collected.set(count, firstPfn, pageCount, state, source, location, fragment);
    if (count == 0 || !collected.join(count - 1, count)) {
      count++;
    }
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
    overlappingPages = 0;
    boolean rising = true;
    for (int i = 1; i < count && rising; i++) {
      rising = collected.firstPfn(i) >= collected.endPfn(i - 1);
    }
    if (rising) {
      return collected.resized(count);
    }
    int[] order = byFrame();
    for (int i = 1; i < count; i++) {
      if (collected.firstPfn(order[i]) < collected.endPfn(order[i - 1])) {
        return joined(withoutOverlaps());
      }
    }
    return inOrder(order);
  }

  /** The extents by their first frame. */
  private int[] byFrame() {
    // Frames have 40 bits and extents 22: both fit into one number, which sorts without boxes.
    long[] keys = new long[count];
    for (int i = 0; i < count; i++) {
      keys[i] = collected.firstPfn(i) << INDEX_BITS | i;
    }
    Arrays.sort(keys);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = (int) keys[i] & ((1 << INDEX_BITS) - 1);
    }
    return order;
  }

  private ExtentTable inOrder(int[] order) {
    ExtentTable table = new ExtentTable(count);
    int size = 0;
    for (int i : order) {
      table.set(
          size,
          collected.firstPfn(i),
          collected.endPfn(i) - collected.firstPfn(i),
          collected.state(i),
          collected.source(i),
          collected.location(i),
          collected.fragment(i));
      if (size == 0 || !table.join(size - 1, size)) {
        size++;
      }
    }
    return table.resized(size);
  }

  /** Inserts by priority; what is covered already is cut away. */
  private List<Extent> withoutOverlaps() {
    TreeMap<Long, Extent> covered = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      Extent extent = extent(overlap == Overlap.FIRST_WINS ? i : count - 1 - i);
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
    return new ArrayList<>(covered.values());
  }

  private Extent extent(int i) {
    return new Extent(
        collected.firstPfn(i),
        collected.endPfn(i) - collected.firstPfn(i),
        collected.state(i),
        collected.source(i),
        collected.location(i),
        collected.fragment(i));
  }

  /** Extents that continue each other in frames and in bytes become one. */
  private static ExtentTable joined(List<Extent> sorted) {
    ExtentTable table = new ExtentTable(sorted.size());
    int size = 0;
    for (Extent e : sorted) {
      table.set(size, e.firstPfn, e.pageCount, e.state, e.source, e.location, e.fragment);
      if (size == 0 || !table.join(size - 1, size)) {
        size++;
      }
    }
    return table.resized(size);
  }

  private static int offsetInPage(long address) {
    return (int) (address & (PAGE_SIZE - 1));
  }
}
