package io.memlake.engine.artifacts.quality;

import io.memlake.engine.objects.pagedout.PageFileUse;
import io.memlake.engine.objects.pagedout.PagedOutDescription;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.paging.pagefile.PageSlots;
import io.memlake.engine.physical.PhysicalMemory;

/**
 * How much of what left RAM the evidence holds, by what page tables name.
 *
 * @param pageFileSlots pages that entries say are in a page file or swap file
 * @param pageFileHits of them, those whose file was given and is long enough
 * @param storeSlots pages that entries say are in the compressed store
 * @param conflicts mappings that cannot all have been true at one moment
 * @param store what became of the pages of the store; null when they were not looked at
 */
public record PagedOutCounts(
    long pageFileSlots, long pageFileHits, long storeSlots, long conflicts, StoreCounts store) {

  /**
   * Counts from the map of a whole host.
   *
   * @param store what became of the pages of the store; null when they were not looked at
   */
  public static PagedOutCounts of(
      ReverseMap owners, PagedOutDescription pagedOut, StoreCounts store) {
    long slots = 0;
    long hits = 0;
    for (int number = 0; number < PageSlots.MAX_NUMBERS; number++) {
      if (number != pagedOut.storeNumber()) {
        slots += owners.slotMappings(number, Long.MAX_VALUE);
      }
    }
    for (PageFileUse file : pagedOut.files()) {
      if (file.isUsed()) {
        hits += owners.slotMappings(file.number(), file.size() >>> PhysicalMemory.PAGE_SHIFT);
      }
    }
    long storeSlots =
        pagedOut.storeNumber() == PagedOutDescription.NO_STORE
            ? 0
            : owners.slotMappings(pagedOut.storeNumber(), Long.MAX_VALUE);
    return new PagedOutCounts(slots, hits, storeSlots, owners.conflicts().total(), store);
  }

  /** Share of the pages in page files that can be read, in percent; null when there are none. */
  Double pageFileHitPercent() {
    return pageFileSlots == 0 ? null : 100.0 * pageFileHits / pageFileSlots;
  }
}
