package io.memlake.engine.physical;

import java.io.Serializable;

/**
 * Consecutive frames with one state.
 *
 * @param firstPfn number of the first frame (physical address divided by 4096)
 * @param pageCount how many frames, at least 1
 * @param state what the evidence says about all of them
 */
public record PageRun(long firstPfn, long pageCount, PageState state) implements Serializable {

  /** Frame numbers above this are refused: x64 physical addresses have at most 52 bits. */
  public static final long MAX_PFN = 1L << 40;

  /** Checks that the run is not empty and stays inside the physical address space. */
  public PageRun {
    if (firstPfn < 0 || pageCount <= 0 || firstPfn > MAX_PFN || pageCount > MAX_PFN - firstPfn) {
      throw new IllegalArgumentException(
          "Run of " + pageCount + " frames at frame " + firstPfn + " is not a run of RAM");
    }
  }

  /** The frame after the last. */
  public long endPfn() {
    return firstPfn + pageCount;
  }

  /** Whether {@code pfn} lies inside. */
  public boolean contains(long pfn) {
    return pfn >= firstPfn && pfn < endPfn();
  }
}
