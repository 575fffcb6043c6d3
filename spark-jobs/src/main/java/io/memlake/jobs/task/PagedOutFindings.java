package io.memlake.jobs.task;

import io.memlake.jobs.lake.ChunkStore;
import java.io.Serializable;
import java.util.LinkedHashMap;

/**
 * Where the findings of pages that left RAM lie.
 *
 * @param pageFiles finished chunks by page file
 * @param store the units of the compressed store; null when none was scanned
 */
public record PagedOutFindings(LinkedHashMap<PageLayer, ChunkStore> pageFiles, StoreTask store)
    implements Serializable {

  /** Nothing outside RAM was scanned. */
  public static PagedOutFindings none() {
    return new PagedOutFindings(new LinkedHashMap<>(), null);
  }
}
