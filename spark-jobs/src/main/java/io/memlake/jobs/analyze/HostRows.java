package io.memlake.jobs.analyze;

import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.evidence.EvidenceSet;
import io.memlake.jobs.task.ChunkTask.ChunkResult;
import io.memlake.jobs.task.ErrorRowOf;
import io.memlake.jobs.task.RegisterTask.FileFacts;
import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.row.ChunkRow;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.EvidenceRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows of a host that the driver makes itself: few, and about the work rather than RAM. */
final class HostRows {
  /** Gaps told one by one; a damaged container may have millions. */
  private static final int MAX_GAP_ROWS = 1000;

  /** The layer of the image's own frames. */
  static final String RAM = "physical";

  private HostRows() {}

  /**
   * The row of a file.
   *
   * @param index of the image the file belongs to, or null when it could not be opened
   * @param hashes SHA-256 by path; empty when the run was told not to hash
   */
  static EvidenceRow evidence(
      FileFacts file,
      EvidenceSet set,
      String imageId,
      ImageIndex index,
      Map<String, String> hashes) {
    boolean isImage = file.role().equals("memory");
    EvidenceRow row = new EvidenceRow();
    row.setSource("container");
    row.setConfidence(100);
    row.setPath(file.path());
    row.setFileName(Locations.parse(file.path()).getName());
    row.setRole(file.role());
    row.setKind(isImage || index == null ? "unknown" : file.role());
    row.setSize(file.size());
    row.setSha256(hashes.get(file.path()));
    row.setModifiedAt(
        file.modifiedMillis() == 0 ? null : Instant.ofEpochMilli(file.modifiedMillis()));
    row.setRegisteredAt(StepLog.now());
    row.setParentImageId(isImage ? null : imageId);
    if (index != null && (isImage || file.role().equals("segment"))) {
      container(row, index);
    }
    if (!set.acquiredAt().isEmpty()) {
      row.setAcquiredAt(Instant.parse(set.acquiredAt()).truncatedTo(ChronoUnit.MICROS));
    }
    return row;
  }

  private static void container(EvidenceRow row, ImageIndex index) {
    row.setKind(index.format());
    row.setVariant(index.variant().isEmpty() ? null : index.variant());
    index
        .hints()
        .takenAt()
        .ifPresent(time -> row.setAcquiredAt(time.truncatedTo(ChronoUnit.MICROS)));
    List<String> facts =
        index.hints().values().entrySet().stream()
            .map(fact -> fact.getKey() + "=" + fact.getValue())
            .toList();
    row.setHeaderFacts(facts.isEmpty() ? null : facts);
    row.setWarnings(index.warnings().isEmpty() ? null : index.warnings());
  }

  /** The row of a chunk of a layer. */
  static ChunkRow chunk(String layer, ChunkResult chunk) {
    ChunkRow row = new ChunkRow();
    row.setSource("tool");
    row.setLayer(layer);
    row.setConfidence(100);
    row.setChunk(chunk.split().number());
    row.setAddress(chunk.split().firstPfn() << PhysicalMemory.PAGE_SHIFT);
    row.setLength(chunk.split().pageCount() << PhysicalMemory.PAGE_SHIFT);
    row.setPages(chunk.pages());
    row.setAbsentPages(
        (int) Math.min(Integer.MAX_VALUE, chunk.split().pageCount() - chunk.pages()));
    row.setAttempts(Math.max(1, chunk.attempts()));
    row.setPoison(!chunk.isOk());
    row.setStatus(chunk.isOk() ? "ok" : chunk.hasFindings() ? "partial" : "failed");
    if (chunk.hasFindings()) {
      row.setZeroPages(chunk.zeroPages());
      row.setPoolHits(chunk.poolHeaders());
      row.setPeHeaders(chunk.peHeaders());
    }
    if (!chunk.isOk()) {
      row.setError(chunk.error());
    }
    return row;
  }

  /** Frames that the container describes and has no bytes for. */
  static List<ErrorRow> gaps(ImageIndex index) {
    List<ErrorRow> rows = new ArrayList<>();
    long folded = 0;
    for (PageRun run : index.runs()) {
      if (run.state().readable() || run.state() == PageState.NOT_DUMPED) {
        continue;
      }
      if (rows.size() == MAX_GAP_ROWS) {
        folded += run.pageCount();
        continue;
      }
      String state = run.state().name().toLowerCase(Locale.ROOT);
      String item =
          String.format(
              Locale.ROOT, "frames 0x%x to 0x%x are %s", run.firstPfn(), run.endPfn() - 1, state);
      rows.add(
          ErrorRowOf.gap("open", item, Absence.UNREADABLE, reason(run.state()), run.pageCount()));
    }
    if (folded > 0) {
      rows.add(
          ErrorRowOf.gap(
              "open", "further frames", Absence.UNREADABLE, "frames without bytes", folded));
    }
    return rows;
  }

  private static String reason(PageState state) {
    return state == PageState.TRUNCATED
        ? "the file ends before them"
        : "the acquirer could not read them";
  }
}
