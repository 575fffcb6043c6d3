package io.memlake.engine.scan;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Reads each frame of a range once, in blocks that stay in the processor's cache, and shows it to
 * every scanner. Memory needed is one block, whatever the size of the range.
 */
public final class ChunkScan {
  /**
   * Frames a read: 256 KiB. Larger blocks fall out of the second-level cache between copy and scan
   * and cost a factor of four.
   */
  public static final int BLOCK_PAGES = 64;

  private final byte[] block = new byte[BLOCK_PAGES * PhysicalMemory.PAGE_SIZE];
  private final boolean[] present = new boolean[BLOCK_PAGES];
  private final PageDigest digest;
  private final CarveScan carve = new CarveScan();

  private final boolean carving;

  private long pages;
  private long readNanos;
  private final long[] sampled = new long[4];
  private long samples;
  private long zeroPages;
  private long fillPages;
  private long peHeaders;
  private long poolHeaders;
  private long lostPages;

  /** A scan for {@code tags} of 64-bit kernels. */
  public ChunkScan(List<PoolTag> tags) {
    this(tags, Long.BYTES);
  }

  /**
   * A scan for {@code tags} that looks for everything else, too.
   *
   * @param pointerSize bytes of an address in the kernel: 8 or 4
   */
  public ChunkScan(List<PoolTag> tags, int pointerSize) {
    this(tags, pointerSize, true);
  }

  /**
   * A scan for {@code tags}. One instance belongs to one thread and may scan many chunks.
   *
   * @param pointerSize bytes of an address in the kernel: 8 or 4
   * @param carving whether places are wanted where files and records begin, and features; those of
   *     hives are always
   */
  public ChunkScan(List<PoolTag> tags, int pointerSize, boolean carving) {
    this.digest = new PageDigest(tags, pointerSize);
    this.carving = carving;
  }

  /**
   * Scans the readable frames among {@code pageCount} frames from {@code firstPfn}.
   *
   * @throws IOException when the medium fails
   */
  public ChunkCounts scan(PhysicalMemory memory, long firstPfn, long pageCount, ChunkSink sink)
      throws IOException {
    pages = zeroPages = fillPages = peHeaders = poolHeaders = lostPages = 0;
    readNanos = samples = 0;
    Arrays.fill(sampled, 0);
    long end = firstPfn + pageCount;
    for (PageRun run : memory.runs()) {
      long from = Math.max(firstPfn, run.firstPfn());
      long to = Math.min(end, run.endPfn());
      if (from < to && run.state().readable()) {
        scanRun(memory, from, to, sink);
      }
    }
    return new ChunkCounts(pages, zeroPages, fillPages, peHeaders, poolHeaders, lostPages, times());
  }

  private void scanRun(PhysicalMemory memory, long from, long to, ChunkSink sink)
      throws IOException {
    for (long pfn = from; pfn < to; pfn += BLOCK_PAGES) {
      int count = (int) Math.min(BLOCK_PAGES, to - pfn);
      long start = System.nanoTime();
      memory.readPages(pfn, count, block, 0, present);
      readNanos += System.nanoTime() - start;
      for (int i = 0; i < count; i++) {
        if (present[i]) {
          page(pfn + i, i << PhysicalMemory.PAGE_SHIFT, sink);
        } else {
          lostPages++;
          sink.lost(pfn + i);
        }
      }
    }
  }

  /** The sample scaled to all pages. */
  private ScanTimes times() {
    double scale = samples == 0 ? 0 : (double) pages / samples;
    return new ScanTimes(
        readNanos,
        (long) (sampled[0] * scale),
        (long) (sampled[1] * scale),
        (long) (sampled[2] * scale),
        (long) (sampled[3] * scale));
  }

  private void page(long pfn, int offset, ChunkSink sink) {
    carve.clear();
    if (pages % ScanTimes.SAMPLE == 0) {
      measured(offset);
    } else {
      digest.scan(block, offset);
      if (digest.kind() == PageKind.DATA) {
        carve(offset);
      }
    }
    pages++;
    tell(pfn, offset, sink);
  }

  /** Pages of zeros, of one value and of programs begin nothing that is carved. */
  private void carve(int offset) {
    if (carving) {
      carve.scan(block, offset);
      carve.scanFeatures(block, offset);
    } else {
      carve.scanHives(block, offset);
    }
  }

  /** The same as for other pages, with the time that each part takes. */
  private void measured(int offset) {
    long start = System.nanoTime();
    boolean more = digest.identify(block, offset);
    long identified = System.nanoTime();
    if (more) {
      digest.findTags(block, offset);
    }
    long tagged = System.nanoTime();
    boolean data = digest.kind() == PageKind.DATA;
    if (data && carving) {
      carve.scan(block, offset);
    } else if (data) {
      carve.scanHives(block, offset);
    }
    long carved = System.nanoTime();
    if (data && carving) {
      carve.scanFeatures(block, offset);
    }
    sampled[0] += identified - start;
    sampled[1] += tagged - identified;
    sampled[2] += carved - tagged;
    sampled[3] += System.nanoTime() - carved;
    samples++;
  }

  private void tell(long pfn, int offset, ChunkSink sink) {
    PageKind kind = digest.kind();
    if (kind == PageKind.ZERO) {
      zeroPages++;
    } else if (kind == PageKind.FILL) {
      fillPages++;
    } else if (kind == PageKind.PE_HEADER) {
      peHeaders++;
    }
    sink.page(pfn, kind, digest.hash(), digest.hash2());
    int hits = digest.hitCount();
    for (int i = 0; i < hits; i++) {
      int at = digest.hitOffset(i);
      poolHeaders++;
      sink.poolHeader(
          (pfn << PhysicalMemory.PAGE_SHIFT) + at, LittleEndian.i32(block, offset + at + 4));
    }
    for (int i = 0; i < carve.count(); i++) {
      sink.carved(carve.kind(i), (pfn << PhysicalMemory.PAGE_SHIFT) + carve.offset(i));
    }
  }
}
