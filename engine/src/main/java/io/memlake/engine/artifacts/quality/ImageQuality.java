package io.memlake.engine.artifacts.quality;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.SymbolMatch;
import io.memlake.engine.kernel.calibration.CalibratedField;
import io.memlake.engine.objects.pagedout.PagedOutDescription;
import io.memlake.engine.objects.pfn.FrameAgreement;
import io.memlake.engine.objects.store.StoreChoice;
import io.memlake.engine.objects.vbs.VbsFacts;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.schemas.row.ImageQualityRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fills {@code image_quality}: one row an image, from what all stages counted. */
public final class ImageQuality {
  /** Below this confidence of discovery, rows may be of a wrong layout. */
  private static final int SURE = 60;

  private ImageQuality() {}

  /** The row of an image, whether its machine could be opened or not. */
  public static ImageQualityRow row(
      MachineDescription description, PagedOutDescription pagedOut, QualityCounts counts) {
    List<PageRun> runs = description.image().runs();
    ImageQualityRow row = new ImageQualityRow();
    row.setSource("derived");
    row.setConfidence(100);
    row.setFramesPresent(frames(runs, PageState.PRESENT));
    row.setFramesZero(frames(runs, PageState.ZERO));
    row.setFramesUnreadable(frames(runs, PageState.UNREADABLE));
    row.setFramesTruncated(frames(runs, PageState.TRUNCATED));
    row.setFramesNotDumped(holes(runs) + frames(runs, PageState.NOT_DUMPED));
    row.setFramesTotal(runs.stream().mapToLong(PageRun::pageCount).sum());
    row.setPagesAllZero(counts.pagesAllZero());
    row.setChunksFailed(counts.chunksFailed());
    row.setPageTablesRead(counts.pageTablesRead());
    row.setPageTablesMissing(counts.pageTablesMissing());
    row.setPteToMissingPfn(counts.pteToMissingPfn());
    pagedOut(row, pagedOut, counts.pagedOut());
    frames(row, counts.frames());
    security(row, counts.security());
    calibration(row, description);
    Collected collected = counts.collected();
    if (collected != null) {
      row.setListBreaks(collected.listBreaks());
      row.setProcsWalkOnly(counts.scanned() ? collected.walkOnly() : null);
      row.setProcsScanOnly(counts.scanned() ? collected.scanOnly() : null);
      row.setModulesPartial(collected.partialModules());
    }
    row.setSymbolsSource(
        description.symbolMatch() == SymbolMatch.NONE ? null : description.symbolSource());
    List<String> details = details(description, row, counts);
    row.setVerdict(verdict(description, row, details));
    // How pages were found that left RAM is worth telling, but no fault of the image.
    details.addAll(pagedOut.notes());
    String secure = counts.security() == null ? "" : counts.security().statement();
    if (!secure.isEmpty()) {
      details.add(secure);
    }
    row.setDetails(details.isEmpty() ? null : details);
    return row;
  }

  private static void frames(ImageQualityRow row, FrameAgreement frames) {
    if (frames != null) {
      row.setPfnCompared(frames.compared());
      row.setPfnDisagreements(frames.disagreements());
      row.setPfnOnly(frames.databaseOnly());
    }
  }

  private static void security(ImageQualityRow row, VbsFacts facts) {
    if (facts != null) {
      row.setVbs(facts.state().name().toLowerCase(Locale.ROOT));
      row.setVbsEvidence(facts.evidence().isEmpty() ? null : facts.evidence());
    }
  }

  private static void calibration(ImageQualityRow row, MachineDescription description) {
    description
        .calibrated()
        .ifPresent(
            calibration ->
                row.setCalibratedFields(
                    calibration.fields().stream().map(CalibratedField::toString).toList()));
  }

  private static void pagedOut(
      ImageQualityRow row, PagedOutDescription pagedOut, PagedOutCounts counts) {
    if (counts != null) {
      row.setPteConflicts(counts.conflicts());
      row.setPagefileSlots(counts.pageFileSlots());
      row.setPagefileHitPct(counts.pageFileHitPercent());
      row.setStoreSlots(counts.storeSlots());
    }
    if (counts != null && counts.store() != null) {
      row.setCompressedOk(counts.store().ok());
      row.setCompressedBad(counts.store().bad());
      row.setCompressedMissing(counts.store().missing());
    }
    List<String> files =
        pagedOut.files().stream()
            .map(
                file ->
                    "pagefile"
                        + file.number()
                        + " by "
                        + file.numberSource()
                        + ", "
                        + file.verdict().name().toLowerCase(Locale.ROOT)
                        + ": "
                        + file.reason())
            .toList();
    row.setPageFiles(files.isEmpty() ? null : files);
    if (pagedOut.store().isPresent()) {
      StoreChoice store = pagedOut.store().get();
      row.setStoreLayout(store.layout().name());
      row.setStoreCheckPct(100.0 * store.trial().rate());
    }
  }

  private static List<String> details(
      MachineDescription description, ImageQualityRow row, QualityCounts counts) {
    List<String> details = new ArrayList<>();
    description.problem().ifPresent(details::add);
    add(details, row.getFramesTruncated(), "frames lie behind the end of the file");
    add(details, row.getFramesUnreadable(), "frames could not be read by the acquirer");
    add(details, count(row.getChunksFailed()), "chunks failed");
    add(details, row.getListBreaks(), "lists are broken");
    add(details, row.getPageTablesMissing(), "page tables are missing");
    add(details, row.getPteToMissingPfn(), "mapped pages have no frame in the evidence");
    add(details, row.getPteConflicts(), "frames are claimed by entries that contradict each other");
    add(
        details,
        row.getPfnDisagreements(),
        "frames have another owner by the frame database than by the page tables");
    add(details, row.getPfnOnly(), "frames have their owner by the frame database alone");
    add(details, counts.pagesNotGiven(), "pages are in page files that are not in the evidence");
    add(details, row.getCompressedBad(), "pages of the compressed store do not decode");
    add(
        details,
        row.getCompressedMissing(),
        "pages of the compressed store are not in the evidence");
    add(details, counts.lostStoreNodes(), "nodes of the compressed store's trees are lost");
    add(details, count(row.getProcsWalkOnly()), "processes only in the kernel's list");
    add(details, count(row.getProcsScanOnly()), "processes only found by the scan");
    if (description.problem().isEmpty() && description.confidence() < SURE) {
      details.add("kernel and symbols are only " + description.confidence() + " % sure");
    }
    details.addAll(description.notes());
    return details;
  }

  private static String verdict(
      MachineDescription description, ImageQualityRow row, List<String> details) {
    if (description.problem().isPresent()) {
      return "unusable";
    }
    long lost = row.getFramesTruncated() + row.getFramesUnreadable();
    boolean manyLost = row.getFramesTotal() > 0 && lost * 20 > row.getFramesTotal();
    boolean listBroken = row.getListBreaks() != null && row.getListBreaks() > 0;
    boolean walkOnly = row.getProcsWalkOnly() != null && row.getProcsWalkOnly() > 0;
    if (manyLost
        || description.confidence() < SURE
        || (listBroken && walkOnly)
        || (row.getChunksFailed() != null && row.getChunksFailed() > 0)) {
      return "poor";
    }
    boolean onlyScanDiffers =
        details.size() == 1 && row.getProcsScanOnly() != null && row.getProcsScanOnly() > 0;
    return details.isEmpty() || onlyScanDiffers ? "good" : "usable";
  }

  private static void add(List<String> details, Long count, String what) {
    if (count != null && count > 0) {
      details.add(count + " " + what);
    }
  }

  private static Long count(Integer value) {
    return value == null ? null : value.longValue();
  }

  private static long frames(List<PageRun> runs, PageState state) {
    return runs.stream().filter(run -> run.state() == state).mapToLong(PageRun::pageCount).sum();
  }

  /** Frames between runs, which no run holds. */
  private static long holes(List<PageRun> runs) {
    long holes = 0;
    for (int i = 1; i < runs.size(); i++) {
      holes += Math.max(0, runs.get(i).firstPfn() - runs.get(i - 1).endPfn());
    }
    return holes;
  }
}
