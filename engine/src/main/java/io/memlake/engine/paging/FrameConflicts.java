package io.memlake.engine.paging;

import java.io.Serializable;
import java.util.List;

/**
 * Mappings that cannot all have been true at one moment: the page tables were read while they
 * changed (smear), or an entry is stale.
 *
 * @param privateFrames frames that belong to one process alone and are mapped by another as well
 * @param privateSlots page-file slots that belong to one process alone and are named by another
 * @param mappedTables frames that are a page table and also a page of a program
 * @param sharedTables frames that two processes use as a table of their own
 * @param examples the first frames of all kinds in rising order, at most {@link #MAX_EXAMPLES}
 */
public record FrameConflicts(
    long privateFrames,
    long privateSlots,
    long mappedTables,
    long sharedTables,
    List<Long> examples)
    implements Serializable {

  /** Frames that are named one by one. */
  public static final int MAX_EXAMPLES = 256;

  /** Sorts and copies the examples. */
  public FrameConflicts {
    examples = examples.stream().sorted().distinct().limit(MAX_EXAMPLES).toList();
  }

  /** All conflicts. */
  public long total() {
    return privateFrames + privateSlots + mappedTables + sharedTables;
  }
}
