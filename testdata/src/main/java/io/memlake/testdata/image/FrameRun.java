package io.memlake.testdata.image;

/**
 * Frames that follow each other.
 *
 * @param firstPfn number of the first frame
 * @param count how many
 */
public record FrameRun(long firstPfn, long count) {
  /** The frame after the last. */
  public long endPfn() {
    return firstPfn + count;
  }
}
