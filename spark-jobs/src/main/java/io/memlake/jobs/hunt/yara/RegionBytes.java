package io.memlake.jobs.hunt.yara;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.extract.MemoryMap;
import io.memlake.engine.extract.MemoryRegion;
import io.memlake.engine.extract.MemoryRun;
import io.memlake.engine.extract.ProcessPages;
import io.memlake.engine.objects.pagedout.PageSource;
import io.memlake.engine.paging.PagedAddressSpace;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gathers the pages of one region after the other. Pages that follow each other in the process
 * follow each other here, wherever Windows had them, so that strings across pages are whole; a page
 * of zeros stands for each gap, so that no string arises over one.
 */
final class RegionBytes extends OutputStream implements MemoryMap {
  private static final int PAGE = 4096;

  /** Bytes that are scanned at once; a larger region is scanned in parts with this in common. */
  static final int MAX_BYTES = 32 << 20;

  private static final int OVERLAP = 1 << 20;

  private final Consumer consumer;
  private byte[] bytes = new byte[1 << 20];
  private int length;
  private int settled;
  private MemoryRegion region;
  private List<long[]> segments = new ArrayList<>();

  /** Receives regions. */
  interface Consumer {
    /** All bytes of a region, or a part of it. */
    void region(Part part) throws IOException;
  }

  /** Bytes of a region: its pages, a page of zeros for each gap. */
  static final class Part {
    private final MemoryRegion region;
    private final byte[] bytes;

    /** Pairs of offset and address where addresses jump. */
    private final List<long[]> segments;

    Part(MemoryRegion region, byte[] bytes, List<long[]> segments) {
      this.region = region;
      this.bytes = bytes;
      this.segments = segments;
    }

    MemoryRegion region() {
      return region;
    }

    byte[] bytes() {
      return bytes;
    }

    /** The address of the byte at an offset. */
    long address(long offset) {
      long[] found = segments.get(0);
      for (long[] segment : segments) {
        if (segment[0] <= offset) {
          found = segment;
        }
      }
      return found[1] + (offset - found[0]);
    }

    @Override
    public String toString() {
      return region.type() + " region at " + Hex.address(region.start());
    }
  }

  RegionBytes(Consumer consumer) {
    this.consumer = consumer;
  }

  @Override
  public void write(int b) {
    throw new UnsupportedOperationException("Pages come whole");
  }

  @Override
  public void write(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  /** Comes behind the bytes of the run. */
  @Override
  public void run(MemoryRegion next, MemoryRun run) throws IOException {
    int stored = length - settled;
    if (run.state() != MemoryRun.State.STORED) {
      return;
    }
    byte[] pages = Arrays.copyOfRange(bytes, settled, length);
    length = settled;
    if (!next.equals(region)) {
      finish();
      region = next;
    }
    for (int at = 0; at < stored; at += PAGE) {
      page(run.start() + at, pages, at);
    }
    settled = length;
  }

  /** Takes pages that are shown one by one instead of written. */
  ProcessPages.Visitor pages() {
    return new Shown();
  }

  private final class Shown implements ProcessPages.Visitor {
    private final byte[] page = new byte[PAGE];
    private MemoryRegion next;

    @Override
    public void region(MemoryRegion begins) {
      next = begins;
    }

    @Override
    public void page(
        PagedAddressSpace space, long virtualAddress, PageSource source, int number, long place)
        throws IOException {
      if (!space.read(virtualAddress, page, 0, PAGE)) {
        return;
      }
      if (!next.equals(region)) {
        finish();
        region = next;
      }
      RegionBytes.this.page(virtualAddress, page, 0);
      settled = length;
    }
  }

  /** Hands over what is left. */
  void finish() throws IOException {
    if (length > 0 && !segments.isEmpty()) {
      consumer.region(new Part(region, Arrays.copyOf(bytes, length), segments));
    }
    length = 0;
    settled = 0;
    segments = new ArrayList<>();
  }

  private void page(long address, byte[] pages, int from) throws IOException {
    if (length + 2 * PAGE > MAX_BYTES) {
      cut();
    }
    if (segments.isEmpty()) {
      segments.add(new long[] {length, address});
    } else {
      long[] last = segments.get(segments.size() - 1);
      if (last[1] + (length - last[0]) != address) {
        reserve(PAGE);
        Arrays.fill(bytes, length, length + PAGE, (byte) 0);
        length += PAGE;
        segments.add(new long[] {length, address});
      }
    }
    reserve(PAGE);
    System.arraycopy(pages, from, bytes, length, PAGE);
    length += PAGE;
  }

  /** Hands over a part and keeps its end for the next one. */
  private void cut() throws IOException {
    Part part = new Part(region, Arrays.copyOf(bytes, length), segments);
    consumer.region(part);
    int kept = length - OVERLAP;
    System.arraycopy(bytes, kept, bytes, 0, OVERLAP);
    List<long[]> moved = new ArrayList<>();
    moved.add(new long[] {0, part.address(kept)});
    for (long[] segment : segments) {
      if (segment[0] > kept) {
        moved.add(new long[] {segment[0] - kept, segment[1]});
      }
    }
    segments = moved;
    length = OVERLAP;
  }

  private void reserve(int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
  }
}
