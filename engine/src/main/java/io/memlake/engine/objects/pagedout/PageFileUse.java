package io.memlake.engine.objects.pagedout;

import io.memlake.engine.paging.pagefile.PageFileCheck;
import java.io.Serializable;

/**
 * A page file and what was decided about it.
 *
 * @param path path or URI
 * @param size bytes when it was looked at
 * @param number number by which entries mean it
 * @param numberSource where the number comes from: {@code given}, {@code image}, {@code order}
 * @param verdict whether it belongs to the image; a foreign file is never read
 * @param reason the evidence for the verdict in one sentence
 */
public record PageFileUse(
    String path,
    long size,
    int number,
    String numberSource,
    PageFileCheck.Verdict verdict,
    String reason)
    implements Serializable {

  /** Whether its pages are read. */
  public boolean isUsed() {
    return verdict != PageFileCheck.Verdict.FOREIGN;
  }
}
