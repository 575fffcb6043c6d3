package io.memlake.engine.artifacts.quality;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.objects.pfn.FrameAgreement;
import io.memlake.engine.objects.vbs.VbsFacts;

/**
 * What the stages of an analysis counted. A count is null when its stage did not run.
 *
 * @param pagesAllZero stored frames that are all zero, by the chunk stage
 * @param chunksFailed chunks that could not be processed
 * @param pageTablesRead page-table pages read, by the page-table stage
 * @param pageTablesMissing page-table pages that are not in the evidence
 * @param pteToMissingPfn valid entries whose frame is not in the evidence
 * @param collected sum over all artifacts; null when the machine could not be opened
 * @param scanned whether {@code collected} compares with a scan
 * @param security what the image says about virtualisation-based security
 * @param pagedOut how much of what left RAM is in the evidence, by the page-table stage
 * @param frames how far the frame database agrees with the page tables; null when the image has
 *     none that can be read
 */
public record QualityCounts(
    Long pagesAllZero,
    Integer chunksFailed,
    Long pageTablesRead,
    Long pageTablesMissing,
    Long pteToMissingPfn,
    Collected collected,
    boolean scanned,
    VbsFacts security,
    PagedOutCounts pagedOut,
    FrameAgreement frames) {

  /** The same counts with those of the frame database. */
  public QualityCounts withFrames(FrameAgreement agreement) {
    return new QualityCounts(
        pagesAllZero,
        chunksFailed,
        pageTablesRead,
        pageTablesMissing,
        pteToMissingPfn,
        collected,
        scanned,
        security,
        pagedOut,
        agreement);
  }

  /** Nodes of the compressed store's trees that are lost; null when it was not walked. */
  Long lostStoreNodes() {
    return pagedOut == null || pagedOut.store() == null ? null : pagedOut.store().lostNodes();
  }

  /** Pages that entries say are in a page file, and that cannot be read from one. */
  long pagesNotGiven() {
    return pagedOut == null ? 0 : pagedOut.pageFileSlots() - pagedOut.pageFileHits();
  }
}
