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

  /** The first blocks of a machine are like no others. */
  private static final long FIRST_SAMPLE = 3;

  private final byte[] block = new byte[BLOCK_PAGES * PhysicalMemory.PAGE_SIZE];
  private final boolean[] present = new boolean[BLOCK_PAGES];
  private final PageDigest digest;
  private final CarveScan carve = new CarveScan();

  private final boolean carving;

  private final boolean[] more = new boolean[BLOCK_PAGES];
  private final boolean[] data = new boolean[BLOCK_PAGES];
  private long blocks;

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
    readNanos = samples = blocks = 0;
    Arrays.fill(sampled, 0);
    long begun = ScanClock.now();
    long end = firstPfn + pageCount;
    for (PageRun run : memory.runs()) {
      long from = Math.max(firstPfn, run.firstPfn());
      long to = Math.min(end, run.endPfn());
      if (from < to && run.state().readable()) {
        scanRun(memory, from, to, sink);
      }
    }
    return new ChunkCounts(
        pages,
        zeroPages,
        fillPages,
        peHeaders,
        poolHeaders,
        lostPages,
        times(ScanClock.now() - begun));
  }

  private void scanRun(PhysicalMemory memory, long from, long to, ChunkSink sink)
      throws IOException {
    for (long pfn = from; pfn < to; pfn += BLOCK_PAGES) {
      int count = (int) Math.min(BLOCK_PAGES, to - pfn);
      long start = ScanClock.now();
      memory.readPages(pfn, count, block, 0, present);
      readNanos += ScanClock.now() - start;
      if (blocks++ % ScanTimes.SAMPLE == FIRST_SAMPLE) {
        measure(count);
      }
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

  private ScanTimes times(long total) {
    return ScanTimes.of(total, readNanos, sampled, samples == 0 ? 0 : (double) pages / samples);
  }

  private void page(long pfn, int offset, ChunkSink sink) {
    carve.clear();
    digest.scan(block, offset);
    if (digest.kind() == PageKind.DATA) {
      carve(offset);
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

  /**
   * Shows every second page of the block to one scanner after the other, for their times alone:
   * what a look at the clock costs, and what an interrupt adds to it, would drown single pages.
   */
  private void measure(int count) {
    long start = ScanClock.now();
    for (int i = 0; i < count; i += 2) {
      more[i] = present[i] && digest.identify(block, i << PhysicalMemory.PAGE_SHIFT);
      data[i] = present[i] && digest.kind() == PageKind.DATA;
      samples += present[i] ? 1 : 0;
    }
    long identified = ScanClock.now();
    for (int i = 0; i < count; i += 2) {
      if (more[i]) {
        digest.findTags(block, i << PhysicalMemory.PAGE_SHIFT);
      }
    }
    long tagged = ScanClock.now();
    for (int i = 0; i < count; i += 2) {
      carve.clear();
      if (data[i] && carving) {
        carve.scan(block, i << PhysicalMemory.PAGE_SHIFT);
      } else if (data[i]) {
        carve.scanHives(block, i << PhysicalMemory.PAGE_SHIFT);
      }
    }
    long carved = ScanClock.now();
    for (int i = 0; i < count; i += 2) {
      carve.clear();
      if (data[i] && carving) {
        carve.scanFeatures(block, i << PhysicalMemory.PAGE_SHIFT);
      }
    }
    sampled[0] += identified - start;
    sampled[1] += tagged - identified;
    sampled[2] += carved - tagged;
    sampled[3] += ScanClock.now() - carved;
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
