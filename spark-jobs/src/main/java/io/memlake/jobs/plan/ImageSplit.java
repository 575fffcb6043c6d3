package io.memlake.jobs.plan;

import java.io.Serializable;

/**
 * A range of frames of one image.
 *
 * @param number place among the splits of the image, from 0
 * @param firstPfn first frame
 * @param pageCount frames, readable or not
 * @param readablePages frames that have bytes
 */
public record ImageSplit(int number, long firstPfn, long pageCount, long readablePages)
    implements Serializable {

  /** The frame after the last. */
  public long endPfn() {
    return firstPfn + pageCount;
  }
}
