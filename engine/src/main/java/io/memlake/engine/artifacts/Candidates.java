package io.memlake.engine.artifacts;

import io.memlake.engine.objects.pool.KernelAddresses;
import io.memlake.engine.objects.pool.PoolHit;
import io.memlake.engine.paging.ReverseMap;
import java.util.Collection;
import java.util.List;

/**
 * What the scan of physical memory found, and where the kernel maps it.
 *
 * @param scanned whether all chunks were scanned; otherwise nothing is said about {@code in_scan}
 * @param hits pool headers, in any order
 * @param addresses the kernel's addresses of frames
 */
public record Candidates(boolean scanned, List<PoolHit> hits, KernelAddresses addresses) {
  /** No scan was made. */
  public static final Candidates NOT_SCANNED =
      new Candidates(false, List.of(), KernelAddresses.UNKNOWN);

  /** Copies the list. */
  public Candidates {
    hits = List.copyOf(hits);
  }

  /** The hits of a finished scan. */
  public static Candidates of(Collection<PoolHit> hits, ReverseMap map) {
    return new Candidates(true, List.copyOf(hits), map::kernelVirtualAddress);
  }
}
