package io.memlake.engine.image.aff4;

import io.memlake.engine.image.chunk.ChunkedBytes;
import io.memlake.engine.image.chunk.Codec;
import io.memlake.engine.image.extent.ExtentTable;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.image.extent.StoredBytes;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.List;

/**
 * Turns the byte ranges of a map into frames. A frame with a byte that could not be read is
 * unreadable; a frame is zero only when the map says so for all of it.
 */
final class MapExtents {
  private static final int PAGE_SIZE = PhysicalMemory.PAGE_SIZE;
  private static final int PAGE_SHIFT = PhysicalMemory.PAGE_SHIFT;
  private static final long END_OF_MEMORY = PageRun.MAX_PFN << PAGE_SHIFT;

  /** More than the RAM of any machine that Windows runs on. */
  private static final long MAX_FILLED = ExtentTableBuilder.MAX_UNSTORED << PAGE_SHIFT;

  private final MapBytes map;
  private final ExtentTableBuilder extents;

  /** The frame that ranges so far cover in part, or -1. */
  private long openPfn = -1;

  private PageState openState = PageState.ZERO;
  private boolean beyond;

  /** Bytes that symbolic streams make up. */
  private long filled;

  private boolean overfilled;

  private MapExtents(MapBytes map, String file) {
    this.map = map;
    this.extents = ExtentTableBuilder.over(map, file);
  }

  static ExtentTable of(MapBytes map, String file, List<String> warnings) throws IOException {
    MapExtents frames = new MapExtents(map, file);
    for (int range = 0; range < map.rangeCount(); range++) {
      frames.addRange(range);
    }
    frames.closeOpen();
    if (frames.beyond) {
      warnings.add("The map goes beyond the 52 bits of a physical address; the rest is not read");
    }
    if (frames.overfilled) {
      warnings.add(
          "The map fills more than "
              + (MAX_FILLED >> 40)
              + " TiB without stored bytes, more than any machine has RAM; the rest is not read");
    }
    return frames.extents.build();
  }

  private void addRange(int range) throws IOException {
    StoredBytes stream = map.stream(range);
    long start = map.start(range);
    long end = start + map.length(range);
    if (stream instanceof FillBytes fill) {
      if (fill.state().readable()) {
        filled += end - start;
      }
      // Behind the limit they are no RAM, and to look through them would take for ever.
      boolean bomb = filled < 0 || filled > MAX_FILLED;
      overfilled |= bomb;
      if (!bomb) {
        add(start, end, fill.state());
      } else {
        beyond |= end > END_OF_MEMORY;
      }
    } else if (stream instanceof ChunkedBytes chunked) {
      addChunks(chunked, start, end, map.target(range) - start);
    } else if (stream instanceof MapBytes inner) {
      addMap(inner, start, end, map.target(range) - start);
    } else {
      add(start, end, PageState.PRESENT);
    }
  }

  /** Chunks that are not in the container make their part unreadable. */
  private void addChunks(ChunkedBytes chunked, long start, long end, long shift)
      throws IOException {
    long next = start;
    for (int chunk = chunked.findChunk(start + shift);
        chunk < chunked.chunkCount() && chunked.chunkStart(chunk) < end + shift;
        chunk++) {
      if (chunked.chunkCodec(chunk) == Codec.MISSING) {
        long from = Math.max(start, chunked.chunkStart(chunk) - shift);
        long to = Math.min(end, chunked.chunkStart(chunk) + chunked.chunkLength(chunk) - shift);
        add(next, from, PageState.PRESENT);
        add(from, to, PageState.UNREADABLE);
        next = to;
      }
    }
    add(next, end, PageState.PRESENT);
  }

  private void addMap(MapBytes inner, long start, long end, long shift) throws IOException {
    for (int range = 0; range < inner.rangeCount(); range++) {
      long from = Math.max(start, inner.start(range) - shift);
      long to = Math.min(end, inner.start(range) + inner.length(range) - shift);
      if (from < to) {
        boolean unreadable =
            inner.stream(range) instanceof FillBytes fill && fill.state() == PageState.UNREADABLE;
        add(from, to, unreadable ? PageState.UNREADABLE : PageState.PRESENT);
      }
    }
  }

  /** Ranges arrive in rising order. */
  private void add(long from, long to, PageState state) throws IOException {
    long end = Math.min(to, END_OF_MEMORY);
    beyond |= to > END_OF_MEMORY;
    if (from >= end) {
      return;
    }
    long firstWhole = (from + PAGE_SIZE - 1) >> PAGE_SHIFT;
    long endWhole = end >> PAGE_SHIFT;
    if (from >> PAGE_SHIFT != firstWhole) {
      open(from >> PAGE_SHIFT, state);
    }
    if (endWhole > firstWhole) {
      closeOpen();
      frames(firstWhole, endWhole - firstWhole, state);
    }
    if ((end & (PAGE_SIZE - 1)) != 0 && endWhole >= firstWhole) {
      open(endWhole, state);
    }
  }

  private void open(long pfn, PageState state) throws IOException {
    if (openPfn != pfn) {
      closeOpen();
      openPfn = pfn;
      openState = state;
    } else if (state == PageState.UNREADABLE || openState == PageState.ZERO) {
      openState = state;
    }
  }

  private void closeOpen() throws IOException {
    if (openPfn >= 0) {
      frames(openPfn, 1, openState);
      openPfn = -1;
    }
  }

  private void frames(long pfn, long count, PageState state) throws IOException {
    if (state == PageState.PRESENT) {
      long address = pfn << PAGE_SHIFT;
      long length = Math.min(count << PAGE_SHIFT, map.size() - address);
      extents.addStored(address, length, 0, address, 0);
    } else {
      extents.addUnstored(pfn, count, state, 0);
    }
  }
}
