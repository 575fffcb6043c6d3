package io.memlake.engine.artifacts;

import java.io.Serializable;

/**
 * What artifacts count while they collect, for {@code image_quality}. Sums of parts are the counts
 * of the whole.
 *
 * @param rows rows given
 * @param listBreaks places where a list ends early, loops or disagrees with itself
 * @param walkOnly processes that only the kernel's list holds
 * @param scanOnly processes that only the scan found
 * @param partialModules modules with at least one absent page
 */
public record Collected(long rows, long listBreaks, int walkOnly, int scanOnly, int partialModules)
    implements Serializable {
  /** Nothing. */
  public static final Collected NOTHING = new Collected(0, 0, 0, 0, 0);

  /** Rows and broken lists, nothing else. */
  public static Collected of(long rows, long listBreaks) {
    return new Collected(rows, listBreaks, 0, 0, 0);
  }

  /** The sum. */
  public Collected plus(Collected other) {
    return new Collected(
        rows + other.rows,
        listBreaks + other.listBreaks,
        walkOnly + other.walkOnly,
        scanOnly + other.scanOnly,
        partialModules + other.partialModules);
  }
}
