package io.memlake.engine.extract;

import io.memlake.engine.objects.pagedout.PageAbsence;
import io.memlake.engine.objects.pagedout.PageSource;

/**
 * Pages of a process that follow each other and share their fate.
 *
 * @param start address of the first page
 * @param size bytes
 * @param source where Windows has the pages
 * @param absence why they are absent, null when they are there
 * @param offset where they stand in the output, -1 when they take no room there: absent pages and
 *     pages of zeros
 */
public record MemoryRun(
    long start, long size, PageSource source, PageAbsence absence, long offset) {

  /** What the output has of the run. */
  public enum State {
    /** Its bytes. */
    STORED,
    /** Nothing: the pages were never touched and are zeros. */
    ZERO,
    /** Nothing: the pages cannot be had. */
    ABSENT
  }

  /** What the output has of the run. */
  public State state() {
    if (absence != null) {
      return State.ABSENT;
    }
    return offset < 0 ? State.ZERO : State.STORED;
  }

  /**
   * Whether the process could have read the pages: memory that is only set aside, or was given
   * back, is no hole in the evidence.
   */
  public boolean isHole() {
    return absence != null
        && absence != PageAbsence.RESERVED
        && absence != PageAbsence.DECOMMITTED
        && absence != PageAbsence.NOT_MAPPED;
  }
}
