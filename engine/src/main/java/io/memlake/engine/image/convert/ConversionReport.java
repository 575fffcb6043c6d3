package io.memlake.engine.image.convert;

import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import java.util.List;

/**
 * What a conversion wrote and what it could not.
 *
 * @param format that was written
 * @param bytesWritten length of the file
 * @param pagesWritten frames whose bytes are in the file
 * @param gaps frames that are not: holes between runs are {@link PageState#NOT_DUMPED}, frames that
 *     could not be decoded are {@link PageState#UNREADABLE}, a frame that was cut is {@link
 *     PageState#TRUNCATED} and has its bytes followed by zeros
 * @param zeroFilled whether the gaps are in the file as zeros; otherwise the file leaves them out
 */
public record ConversionReport(
    String format, long bytesWritten, long pagesWritten, List<PageRun> gaps, boolean zeroFilled) {

  /** Copies the list. */
  public ConversionReport {
    gaps = List.copyOf(gaps);
  }

  /** Frames in gaps of one kind. */
  public long pages(PageState state) {
    return gaps.stream().filter(gap -> gap.state() == state).mapToLong(PageRun::pageCount).sum();
  }
}
