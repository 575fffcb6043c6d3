package io.memlake.engine.physical;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps the frames that were read last, so that structures which share a page cost one read.
 *
 * <p>The cache has sets of four frames; inside a set the frame that was used longest ago goes
 * first. A hit allocates nothing. Reads of many frames go straight to the wrapped memory: a scan
 * over all of RAM must not push out the page tables.
 */
public final class CachedPhysicalMemory implements PhysicalMemory {
  /** Frames in a set. */
  private static final int WAYS = 4;

  /** 4 GiB of cached frames; more is a mistake of the caller. */
  private static final int MAX_PAGES = 1 << 20;

  private static final long VACANT = -1;

  private final PhysicalMemory memory;
  private final long[] pfns;
  private final byte[][] pages;
  private final int setMask;
  private long hits;
  private long misses;

  private CachedPhysicalMemory(PhysicalMemory memory, int sets) {
    this.memory = memory;
    this.pfns = new long[sets * WAYS];
    this.pages = new byte[sets * WAYS][];
    this.setMask = sets - 1;
    Arrays.fill(pfns, VACANT);
  }

  /**
   * Puts a cache before {@code memory}.
   *
   * @param pages how many frames to keep, rounded up to a power of two; zero or a negative number
   *     switches the cache off and gives {@code memory} itself
   */
  public static PhysicalMemory wrap(PhysicalMemory memory, int pages) {
    return pages <= 0 ? memory : of(memory, pages);
  }

  /**
   * A cache of at least {@code pages} frames before {@code memory}.
   *
   * @throws IllegalArgumentException when {@code pages} is not between 1 and 2^20
   */
  public static CachedPhysicalMemory of(PhysicalMemory memory, int pages) {
    if (pages <= 0 || pages > MAX_PAGES) {
      throw new IllegalArgumentException(
          "A frame cache holds 1 to " + MAX_PAGES + " frames, not " + pages);
    }
    int sets = Math.max(1, Integer.highestOneBit(Math.max(1, (pages - 1) / WAYS)) << 1);
    return new CachedPhysicalMemory(memory, sets);
  }

  /** Reads that were answered from the cache. */
  public long hits() {
    return hits;
  }

  /** Reads that went to the wrapped memory, whether or not it had the frame. */
  public long misses() {
    return misses;
  }

  @Override
  public String name() {
    return memory.name();
  }

  @Override
  public List<PageRun> runs() {
    return memory.runs();
  }

  @Override
  public PageState stateOf(long pfn) {
    return memory.stateOf(pfn);
  }

  @Override
  public boolean read(long physicalAddress, byte[] target, int offset, int length)
      throws IOException {
    long pfn = physicalAddress >>> PAGE_SHIFT;
    int inPage = (int) physicalAddress & (PAGE_SIZE - 1);
    if (length < 0 || length > PAGE_SIZE - inPage) {
      throw new IllegalArgumentException("A read of " + length + " bytes leaves its frame");
    }
    byte[] page = page(pfn);
    if (page == null) {
      return false;
    }
    System.arraycopy(page, inPage, target, offset, length);
    return true;
  }

  @Override
  public void readPages(long firstPfn, int count, byte[] target, int offset, boolean[] present)
      throws IOException {
    memory.readPages(firstPfn, count, target, offset, present);
  }

  @Override
  public long endPfn() {
    return memory.endPfn();
  }

  @Override
  public long readablePages() {
    return memory.readablePages();
  }

  @Override
  public void close() throws IOException {
    memory.close();
  }

  private byte[] page(long pfn) throws IOException {
    int first = set(pfn) * WAYS;
    for (int way = first; way < first + WAYS; way++) {
      if (pfns[way] == pfn) {
        hits++;
        byte[] page = pages[way];
        toFront(first, way, pfn, page);
        return page;
      }
    }
    misses++;
    int last = first + WAYS - 1;
    byte[] page = pages[last] == null ? new byte[PAGE_SIZE] : pages[last];
    // A failing medium may leave the buffer half written, so the old frame is forgotten first.
    pfns[last] = VACANT;
    pages[last] = page;
    if (!memory.read(pfn << PAGE_SHIFT, page, 0, PAGE_SIZE)) {
      return null;
    }
    toFront(first, last, pfn, page);
    return page;
  }

  private void toFront(int first, int way, long pfn, byte[] page) {
    for (int i = way; i > first; i--) {
      pfns[i] = pfns[i - 1];
      pages[i] = pages[i - 1];
    }
    pfns[first] = pfn;
    pages[first] = page;
  }

  private int set(long pfn) {
    // Frames of one structure follow each other: the low bits alone spread them well, the high
    // bits keep equal offsets of different regions apart.
    return (int) (pfn ^ (pfn >>> 10) ^ (pfn >>> 20)) & setMask;
  }
}
