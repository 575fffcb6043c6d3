package io.memlake.jobs.plan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Chunks that one task scans one after the other. Each is committed by itself, so a task that is
 * lost costs the chunk it was at.
 *
 * <p>Starting a task where another ended costs 3 ms on an idle machine, as long as scanning 15 MiB,
 * and ten times that on a busy one.
 *
 * @param splits in rising order
 */
public record ChunkBatch(ArrayList<ImageSplit> splits) implements Serializable {
  /** Enough that a slow task does not hold up the others for long. */
  private static final int BATCHES_A_CORE = 4;

  /** 256 MiB: less would spend a tenth of its time between tasks. */
  private static final long MIN_PAGES = 1L << 16;

  /** About a second of reading; more would let progress stand still. */
  private static final long MAX_PAGES = 1L << 18;

  /**
   * Deals chunks out to batches in turn, so that the full and the empty ends of an image are shared
   * by all.
   *
   * @param cores that will work on them
   */
  public static List<ChunkBatch> of(List<ImageSplit> splits, int cores) {
    if (splits.isEmpty()) {
      return List.of();
    }
    long pages = splits.stream().mapToLong(ImageSplit::readablePages).sum();
    long shared = Math.min((long) cores * BATCHES_A_CORE, pages / MIN_PAGES);
    long wanted = Math.max(Math.max(cores, shared), (pages + MAX_PAGES - 1) / MAX_PAGES);
    int count = (int) Math.min(splits.size(), wanted);
    List<ChunkBatch> batches = new ArrayList<>();
    for (int batch = 0; batch < count; batch++) {
      ArrayList<ImageSplit> own = new ArrayList<>();
      for (int i = batch; i < splits.size(); i += count) {
        own.add(splits.get(i));
      }
      batches.add(new ChunkBatch(own));
    }
    return batches;
  }
}
