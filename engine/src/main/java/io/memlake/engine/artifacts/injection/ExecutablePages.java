package io.memlake.engine.artifacts.injection;

import io.memlake.engine.objects.vad.MappedPages;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.MappingFlags;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the executable pages of a range hold.
 *
 * @param present pages of the range that are somewhere
 * @param executable of these, pages that user code may execute
 * @param writable whether one of the executable pages may be written
 * @param firstUsed address of the first executable page that is not empty, 0 when all are
 * @param headers PE headers at the start of executable pages
 * @param entropy of the pages that were looked at; null when none could be read
 */
record ExecutablePages(
    long present,
    long executable,
    boolean writable,
    long firstUsed,
    List<HeaderTrace> headers,
    Double entropy) {
  /** Pages of a range whose bytes are looked at; compilers at run time make far more. */
  private static final int MAXIMUM_PAGES = 1024;

  /** Headers that are told of one range. */
  private static final int MAXIMUM_HEADERS = 64;

  private static final int PAGE = PhysicalMemory.PAGE_SIZE;

  /** Looks at the pages from {@code start} to {@code end}, the last byte of a page. */
  static ExecutablePages of(AddressSpace space, MappedPages pages, long start, long end)
      throws IOException {
    return new Look(space, pages).at(start, end);
  }

  private static final class Look {
    private final AddressSpace space;
    private final MappedPages pages;
    private final ByteHistogram histogram = new ByteHistogram();
    private final List<HeaderTrace> headers = new ArrayList<>();
    private final byte[] page = new byte[PAGE];
    private long present;
    private long executable;
    private boolean writable;
    private long firstUsed;
    private int looked;

    Look(AddressSpace space, MappedPages pages) {
      this.space = space;
      this.pages = pages;
    }

    ExecutablePages at(long start, long end) throws IOException {
      for (int run = pages.firstBehind(start);
          run < pages.size() && pages.start(run) <= end;
          run++) {
        long from = Math.max(pages.start(run), start);
        long to = Math.min(pages.end(run), end + 1);
        long count = (to - from) >>> PhysicalMemory.PAGE_SHIFT;
        present += count;
        if ((pages.flags(run) & MappingFlags.EXECUTABLE) != 0) {
          executable += count;
          writable |= (pages.flags(run) & MappingFlags.WRITABLE) != 0;
          look(from, to);
        }
      }
      return new ExecutablePages(
          present, executable, writable, firstUsed, List.copyOf(headers), histogram.entropy());
    }

    private void look(long from, long to) throws IOException {
      for (long at = from; at < to && looked < MAXIMUM_PAGES; at += PAGE) {
        looked++;
        if (!space.read(at, page, 0, PAGE) || isEmpty()) {
          continue;
        }
        if (firstUsed == 0) {
          firstUsed = at;
        }
        histogram.add(page);
        HeaderTrace header = HeaderTrace.in(page, at);
        if (header != null && headers.size() < MAXIMUM_HEADERS) {
          headers.add(header);
        }
      }
    }

    private boolean isEmpty() {
      for (byte value : page) {
        if (value != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
