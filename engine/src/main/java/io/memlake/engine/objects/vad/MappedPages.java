package io.memlake.engine.objects.vad;

import io.memlake.engine.paging.MappingVisitor;
import io.memlake.engine.paging.PageTableCounts;
import io.memlake.engine.paging.PageTableWalker;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Arrays;

/**
 * The pages of the user half of a process that its page tables find somewhere, as runs by rising
 * address. Made by one pass over the tables, so that terabytes that were only set aside cost
 * nothing.
 */
public final class MappedPages {
  /** Runs that are kept: more than a process of 16 GiB in scattered frames has. */
  static final int MAXIMUM_RUNS = 1 << 22;

  /** Frame number of pages that are in a page file. */
  public static final long NO_FRAME = -1;

  private final Runs runs;
  private final boolean complete;

  private MappedPages(Runs runs, boolean complete) {
    this.runs = runs;
    this.complete = complete;
  }

  /**
   * Walks the tables of a process.
   *
   * @param kernel the kernel's space, whose tables are passed over
   * @throws IOException when the medium fails
   */
  public static MappedPages of(PagedAddressSpace space, PagedAddressSpace kernel)
      throws IOException {
    Collector collector = new Collector(space);
    PageTableCounts counts = PageTableWalker.walkOwn(space, kernel, collector);
    return new MappedPages(
        Runs.merged(collector.frames, collector.files), counts.complete() && !collector.full);
  }

  /** How many runs there are. */
  public int size() {
    return runs.size;
  }

  /** Address of the first page of a run. */
  public long start(int run) {
    return runs.starts[run];
  }

  /** The first address behind a run. */
  public long end(int run) {
    return runs.starts[run] + (runs.pages[run] << PhysicalMemory.PAGE_SHIFT);
  }

  /** Frame of the first page of a run, {@link #NO_FRAME} for a run in a page file. */
  public long pfn(int run) {
    return runs.pfns[run];
  }

  /** What the tables say of a run: see {@link io.memlake.engine.paging.MappingFlags}. */
  public int flags(int run) {
    return runs.flags[run];
  }

  /** Whether all tables were walked and all runs kept. */
  public boolean complete() {
    return complete;
  }

  /** Index of the first run that ends behind an address; {@link #size} when there is none. */
  public int firstBehind(long virtualAddress) {
    int found = Arrays.binarySearch(runs.starts, 0, runs.size, virtualAddress);
    if (found >= 0) {
      return found;
    }
    int after = -found - 1;
    return after > 0 && end(after - 1) > virtualAddress ? after - 1 : after;
  }

  /** Takes the runs of the user half. */
  private static final class Collector implements MappingVisitor {
    private final PagedAddressSpace space;
    private final Runs frames = new Runs();
    private final Runs files = new Runs();
    private boolean full;

    Collector(PagedAddressSpace space) {
      this.space = space;
    }

    @Override
    public void frames(long virtualAddress, long firstPfn, long pages, int flags) {
      add(frames, virtualAddress, pages, firstPfn, flags);
    }

    @Override
    public void pageFile(long virtualAddress, int number, long firstPage, long pages, int flags) {
      add(files, virtualAddress, pages, NO_FRAME, flags);
    }

    private void add(Runs runs, long virtualAddress, long pages, long pfn, int flags) {
      if (space.isKernel(virtualAddress)) {
        return;
      }
      if (frames.size + files.size >= MAXIMUM_RUNS) {
        full = true;
        return;
      }
      runs.add(virtualAddress, pages, pfn, flags);
    }
  }

  /** Runs in columns. */
  private static final class Runs {
    private static final int FIRST_CAPACITY = 64;

    private long[] starts = new long[FIRST_CAPACITY];
    private long[] pages = new long[FIRST_CAPACITY];
    private long[] pfns = new long[FIRST_CAPACITY];
    private int[] flags = new int[FIRST_CAPACITY];
    private int size;

    void add(long start, long count, long pfn, int flag) {
      if (size == starts.length) {
        int capacity = size * 2;
        starts = Arrays.copyOf(starts, capacity);
        pages = Arrays.copyOf(pages, capacity);
        pfns = Arrays.copyOf(pfns, capacity);
        flags = Arrays.copyOf(flags, capacity);
      }
      starts[size] = start;
      pages[size] = count;
      pfns[size] = pfn;
      flags[size++] = flag;
    }

    private void take(Runs other, int index) {
      add(other.starts[index], other.pages[index], other.pfns[index], other.flags[index]);
    }

    /** One list of two, each of which rises. */
    static Runs merged(Runs one, Runs other) {
      Runs all = new Runs();
      int i = 0;
      int j = 0;
      while (i < one.size || j < other.size) {
        if (j == other.size || (i < one.size && one.starts[i] <= other.starts[j])) {
          all.take(one, i++);
        } else {
          all.take(other, j++);
        }
      }
      return all;
    }
  }
}
