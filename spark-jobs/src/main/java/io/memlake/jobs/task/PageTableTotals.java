package io.memlake.jobs.task;

import java.io.Serializable;

/**
 * Sums over the page tables of some address spaces.
 *
 * @param tablesRead page-table pages read
 * @param tablesMissing page-table pages that are not in the evidence
 * @param missingFrames valid entries whose frame is not in the evidence
 */
public record PageTableTotals(long tablesRead, long tablesMissing, long missingFrames)
    implements Serializable {
  /** Nothing walked. */
  public static final PageTableTotals NONE = new PageTableTotals(0, 0, 0);

  /** The sums of both. */
  public PageTableTotals plus(PageTableTotals other) {
    return new PageTableTotals(
        tablesRead + other.tablesRead,
        tablesMissing + other.tablesMissing,
        missingFrames + other.missingFrames);
  }
}
