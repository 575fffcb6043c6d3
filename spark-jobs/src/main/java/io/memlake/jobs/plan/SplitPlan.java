package io.memlake.jobs.plan;

import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an image into ranges of about equal work.
 *
 * <p>Measured: below 64 MiB a task costs more to start than to run; at 256 to 512 MiB the overhead
 * is gone and the tail of a job still short.
 */
public final class SplitPlan {
  private static final long MIB = 1L << 20;
  private static final long SMALL_IMAGE = 2048 * MIB;
  private static final long LARGE_IMAGE = 64L * 1024 * MIB;

  private SplitPlan() {}

  /** Pages a split for an image of so many readable pages. */
  public static long pagesFor(long readablePages) {
    long bytes = readablePages << PhysicalMemory.PAGE_SHIFT;
    long split = bytes <= SMALL_IMAGE ? 128 * MIB : bytes <= LARGE_IMAGE ? 256 * MIB : 512 * MIB;
    return split >>> PhysicalMemory.PAGE_SHIFT;
  }

  /**
   * Splits with at most {@code pages} readable frames each, in rising order; together they hold
   * every readable frame once.
   */
  public static List<ImageSplit> of(List<PageRun> runs, long pages) {
    List<ImageSplit> splits = new ArrayList<>();
    long first = -1;
    long end = 0;
    long readable = 0;
    for (PageRun run : runs) {
      if (!run.state().readable()) {
        continue;
      }
      long at = run.firstPfn();
      while (at < run.endPfn()) {
        if (first < 0) {
          first = at;
        }
        long taken = Math.min(run.endPfn() - at, pages - readable);
        at += taken;
        end = at;
        readable += taken;
        if (readable == pages) {
          splits.add(new ImageSplit(splits.size(), first, end - first, readable));
          first = -1;
          readable = 0;
        }
      }
    }
    if (readable > 0) {
      splits.add(new ImageSplit(splits.size(), first, end - first, readable));
    }
    return splits;
  }
}
