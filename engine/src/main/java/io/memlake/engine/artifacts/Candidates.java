package io.memlake.engine.artifacts;

import io.memlake.engine.objects.pool.PoolHit;
import io.memlake.engine.objects.pool.ScannedPages;
import io.memlake.engine.paging.ReverseMap;
import java.util.Collection;
import java.util.List;

/**
 * What the scan of RAM and of pages that left it found, and where the kernel maps it.
 *
 * @param scanned whether all chunks were scanned; otherwise nothing is said about {@code in_scan}
 * @param hits pool headers, in any order
 * @param pages the pages that hits lie in, and the kernel's addresses of them
 */
public record Candidates(boolean scanned, List<PoolHit> hits, ScannedPages pages) {
  /** No scan was made. */
  public static final Candidates NOT_SCANNED =
      new Candidates(false, List.of(), ScannedPages.UNKNOWN);

  /** Copies the list. */
  public Candidates {
    hits = List.copyOf(hits);
  }

  /** The hits of a finished scan of RAM. */
  public static Candidates of(Collection<PoolHit> hits, ReverseMap map) {
    return new Candidates(true, List.copyOf(hits), ScannedPages.ofRam(map::kernelVirtualAddress));
  }
}
