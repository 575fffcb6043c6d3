package io.memlake.jobs.plan;

import io.memlake.engine.physical.PageRun;
import java.io.Serializable;
import java.util.List;

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

  /** The two halves of this range, among the runs of its image; both keep its number. */
  public List<ImageSplit> halves(List<PageRun> runs) {
    long middle = firstPfn + pageCount / 2;
    return List.of(part(firstPfn, middle, runs), part(middle, endPfn(), runs));
  }

  private ImageSplit part(long first, long end, List<PageRun> runs) {
    long readable = 0;
    for (PageRun run : runs) {
      if (run.state().readable()) {
        readable += Math.max(0, Math.min(end, run.endPfn()) - Math.max(first, run.firstPfn()));
      }
    }
    return new ImageSplit(number, first, end - first, readable);
  }
}
