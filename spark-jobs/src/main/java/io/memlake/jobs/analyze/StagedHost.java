package io.memlake.jobs.analyze;

import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.objects.pagedout.PagedOutDescription;
import io.memlake.jobs.evidence.FilePiece;
import io.memlake.jobs.lake.DataFile;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.LakeWriteException;
import io.memlake.jobs.lake.RunRecord.HostOutcome;
import io.memlake.jobs.rows.RowFile;
import io.memlake.jobs.task.ChunkTask.ChunkResult;
import io.memlake.jobs.task.ErrorRowOf;
import io.memlake.jobs.task.OpenTask.Opened;
import io.memlake.jobs.task.RegisterTask;
import io.memlake.jobs.task.RegisterTask.FileFacts;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import io.memlake.schemas.evidence.RowOrigin;
import io.memlake.schemas.row.EvidenceRow;
import io.memlake.schemas.row.HostRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Gathers everything that makes up a host until it is published, and what went wrong with it. */
final class StagedHost {
  private final Workplace place;
  private final AnalyzeRequest request;
  private final HostPlan plan;
  private final Map<String, List<DataFile>> files = new TreeMap<>();
  private final Map<String, List<SpecificRecordBase>> rows = new TreeMap<>();
  private String status = HostManifest.OK;
  private String stage = "";
  private String message = "";
  private String imageSha256 = "";

  StagedHost(Workplace place, AnalyzeRequest request, HostPlan plan) {
    this.place = place;
    this.request = request;
    this.plan = plan;
  }

  /** A row that the driver makes. */
  void add(SpecificRecordBase row) {
    rows.computeIfAbsent(Tables.of(row).name(), name -> new ArrayList<>()).add(row);
  }

  /** The host's row, with the labels of the manifest. */
  void addHost(HostRow row) {
    List<String> tags = plan.registered().set().tags();
    row.setTags(tags.isEmpty() ? null : tags);
    add(row);
  }

  /** Files that tasks staged, by table. */
  void files(Map<String, DataFile> staged) {
    staged.forEach((table, file) -> files(table, List.of(file)));
  }

  /** Files that tasks staged for one table. */
  void files(String table, List<DataFile> staged) {
    if (staged.isEmpty()) {
      return;
    }
    files.computeIfAbsent(table, name -> new ArrayList<>()).addAll(staged);
  }

  /** Rows and problems of the chunks of a layer. */
  void chunks(String layer, List<ChunkResult> chunks) {
    for (ChunkResult chunk : chunks) {
      add(HostRows.chunk(layer, chunk));
      boolean ram = layer.equals(HostRows.RAM);
      String item = (ram ? "" : layer + " ") + "chunk " + chunk.split().number();
      if (!chunk.isOk()) {
        problem("chunks", item, "pages", chunk.error());
      }
      if (chunk.lostPages() > 0) {
        add(
            ErrorRowOf.gap(
                "chunks",
                item,
                io.memlake.schemas.evidence.Absence.UNREADABLE,
                "pages that the container promises have no bytes",
                chunk.lostPages()));
      }
    }
  }

  /** Something that was asked for is missing: the host will be partial. */
  void problem(String where, String item, String table, String reason) {
    add(ErrorRowOf.error(where, item, table, reason));
    if (status.equals(HostManifest.OK)) {
      status = HostManifest.PARTIAL;
      stage = where;
      message = reason;
    }
  }

  /** Nothing but the reason can be had. */
  void fail(String where, String reason) {
    problem(where, "image", null, reason);
    status = HostManifest.FAILED;
  }

  /**
   * Runs a stage that the others can do without.
   *
   * @throws LakeWriteException when it failed because the lake cannot be written
   */
  <T> Optional<T> attempt(String where, String item, Callable<T> work) throws LakeWriteException {
    try {
      return Optional.of(work.call());
    } catch (Exception e) {
      HostFailure failure = HostFailure.of(e);
      if (failure.lakeFull()) {
        throw new LakeWriteException(
            place.lake().layout().root(), new IOException(failure.message(), e));
      }
      problem(where, item, null, failure.message());
      return Optional.empty();
    }
  }

  /** Rows of the evidence files. */
  void evidence(Opened opened, FileHashes hashes) throws IOException {
    ImageIndex index = opened == null ? null : opened.description().image();
    PagedOutDescription pagedOut = opened == null ? PagedOutDescription.NONE : opened.pagedOut();
    List<FileFacts> all = new ArrayList<>(plan.registered().files());
    if (index != null) {
      for (String segment : index.files().subList(1, index.files().size())) {
        all.add(RegisterTask.facts(segment, "segment", place.evidence().value()));
      }
    }
    if (!all.isEmpty()) {
      imageSha256 = hashes.ofImage(all.get(0).path());
    }
    for (FileFacts file : all) {
      EvidenceRow row =
          HostRows.evidence(
              file, plan.registered().set(), plan.registered().imageId(), index, hashes.byPath());
      PagedOutRows.tell(row, pagedOut);
      List<String> pieces = hashes.piecesByPath().get(file.path());
      if (pieces != null) {
        row.setPieceBytes(FilePiece.BYTES);
        row.setPieceSha256(pieces);
      }
      add(row);
    }
    PagedOutRows.embedded(pagedOut, plan.registered().imageId()).forEach(this::add);
  }

  /**
   * Publishes the host. A host that failed keeps what an earlier run published of it: then nothing
   * changes but the record of this run.
   */
  HostManifest publish() throws IOException {
    HostManifest manifest =
        new HostManifest(
            0,
            request.caseId(),
            plan.host(),
            place.runId(),
            plan.registered().imageId(),
            imageSha256,
            status,
            message,
            plan.parameters(),
            StepLog.now().toString(),
            Map.of());
    Optional<HostManifest> before = place.lake().lake().host(request.caseId(), plan.host());
    if (status.equals(HostManifest.FAILED)
        && before.isPresent()
        && !before.get().status().equals(HostManifest.FAILED)) {
      return before.get();
    }
    writeRows();
    files.keySet().retainAll(request.tablesToFill());
    HostManifest published = place.lake().publish(manifest, files);
    place.lake().files().delete(place.lake().layout().checkpoints(request.caseId(), plan.host()));
    return published;
  }

  /** How it ended. */
  HostResult result(StepLog steps) {
    return new HostResult(
        new HostOutcome(plan.host(), status, stage, message),
        plan.registered().imageId(),
        steps.rows(),
        false,
        false);
  }

  private void writeRows() throws IOException {
    RowOrigin origin =
        new RowOrigin(request.caseId(), plan.host(), plan.registered().imageId(), place.runId());
    Configuration configuration = place.evidence().value().configuration();
    Path staging = place.lake().layout().staging(place.runId(), request.caseId(), plan.host());
    for (Map.Entry<String, List<SpecificRecordBase>> entry : rows.entrySet()) {
      Table table = Tables.byName(entry.getKey());
      entry.getValue().forEach(origin::stamp);
      ownImageIds(entry.getValue());
      entry.getValue().sort(table.order());
      Path file = new Path(staging, entry.getKey() + "/driver.parquet");
      files(entry.getKey(), List.of(RowFile.write(file, table, entry.getValue(), configuration)));
    }
  }

  /** A page file's row carries the page file's identity, and the image's as its parent. */
  private void ownImageIds(List<SpecificRecordBase> stamped) {
    for (SpecificRecordBase row : stamped) {
      if (row instanceof EvidenceRow file) {
        plan.registered().files().stream()
            .filter(facts -> facts.path().equals(file.getPath()))
            .forEach(facts -> file.setImageId(facts.imageId()));
      }
    }
  }
}
