package io.memlake.engine.objects.pfn;

import io.memlake.engine.paging.MappingOwner;
import io.memlake.engine.paging.ReverseMap;
import java.io.Serializable;

/**
 * How far the frame database and the page tables say the same. Sums of parts are the counts of the
 * whole.
 *
 * @param compared frames of which both name an owner
 * @param disagreements of them, those of which no page-table entry is the one that the database
 *     names: smear, or a manipulated table
 * @param databaseOnly frames that only the database gives to an address space
 */
public record FrameAgreement(long compared, long disagreements, long databaseOnly)
    implements Serializable {
  /** Nothing compared. */
  public static final FrameAgreement NONE = new FrameAgreement(0, 0, 0);

  /** The counts of one frame that the database gives to somebody. */
  public static FrameAgreement of(ReverseMap owners, long pfn, FrameUse use) {
    if (owners.isPageTable(pfn)) {
      return NONE;
    }
    if (owners.mappingCount(pfn) == 0) {
      return new FrameAgreement(0, 0, 1);
    }
    boolean[] same = new boolean[1];
    owners.forEachMapping(
        pfn,
        (frame, owner, virtualAddress, flags) ->
            same[0] |= virtualAddress == use.virtualAddress() && isOf(owner, use));
    return new FrameAgreement(1, same[0] ? 0 : 1, 0);
  }

  /** The kernel's half belongs to all spaces: whichever table leads to it is right. */
  private static boolean isOf(MappingOwner owner, FrameUse use) {
    return use.virtualAddress() < 0 || owner.dtb() == use.dtb();
  }

  /** The sum. */
  public FrameAgreement plus(FrameAgreement other) {
    return new FrameAgreement(
        compared + other.compared,
        disagreements + other.disagreements,
        databaseOnly + other.databaseOnly);
  }
}
