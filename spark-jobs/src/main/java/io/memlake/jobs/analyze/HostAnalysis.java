package io.memlake.jobs.analyze;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.carve.CarvedRows;
import io.memlake.engine.artifacts.carve.Directories;
import io.memlake.engine.artifacts.carve.PageSet;
import io.memlake.engine.artifacts.host.HostArtifact;
import io.memlake.engine.artifacts.quality.ImageQuality;
import io.memlake.engine.artifacts.quality.PagedOutCounts;
import io.memlake.engine.artifacts.quality.QualityCounts;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.objects.pfn.FrameAgreement;
import io.memlake.engine.objects.vbs.VbsFacts;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.engine.symbols.store.SymbolSettings;
import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.evidence.Fingerprint;
import io.memlake.jobs.lake.ChunkStore;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.session.Tasks;
import io.memlake.jobs.task.ChunkTask.ChunkResult;
import io.memlake.jobs.task.ErrorRowOf;
import io.memlake.jobs.task.HiveTask;
import io.memlake.jobs.task.HostContext;
import io.memlake.jobs.task.KernelMapTask.KernelMap;
import io.memlake.jobs.task.MachineTask;
import io.memlake.jobs.task.OpenTask;
import io.memlake.jobs.task.OpenTask.Opened;
import io.memlake.jobs.task.PageRowsTask;
import io.memlake.jobs.task.PageTableTotals;
import io.memlake.jobs.task.PagedOutFindings;
import io.memlake.jobs.task.ProcessTask;
import io.memlake.jobs.task.RegisterTask.FileFacts;
import io.memlake.schemas.row.RunStepRow;
import io.memlake.schemas.timeline.Timeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.broadcast.Broadcast;

/** Takes one host through all stages, on a thread of the driver. */
final class HostAnalysis {
  /** Changes whenever scanners find something else on the same bytes. */
  private static final int SCAN_VERSION = 3;

  private final Workplace place;
  private final AnalyzeRequest request;
  private final HostPlan plan;
  private final Set<String> tables;
  private final StepLog steps = new StepLog();
  private final StagedHost staged;

  HostAnalysis(Workplace place, AnalyzeRequest request, HostPlan plan) {
    this.place = place;
    this.request = request;
    this.plan = plan;
    this.tables = request.tablesToFill();
    this.staged = new StagedHost(place, request, plan);
  }

  /** Runs all stages. What goes wrong with this host is in the result, never thrown. */
  HostResult run() {
    try {
      if (request.restart()) {
        place
            .lake()
            .files()
            .delete(place.lake().layout().checkpoints(request.caseId(), plan.host()));
      }
      plan.begin(place.lake(), request.caseId());
      CompletableFuture<FileHashes> hashes = FileHashes.start(place, request, plan);
      Optional<Opened> opened = open();
      if (opened.isPresent()) {
        stages(opened.get());
      }
      return finish(opened.orElse(null), hashes.get());
    } catch (Exception e) {
      return HostFailure.of(e).result(plan, steps);
    }
  }

  private Optional<Opened> open() {
    RunStepRow step = steps.begin("open");
    place.progress().begin(plan.host(), "open", 0, "");
    if (!plan.registered().error().isEmpty()) {
      return unopened(step, "register", plan.registered().error());
    }
    Broadcast<HadoopEvidence> evidence = place.evidence();
    SymbolSettings symbols = plan.symbols();
    Opened opened =
        Tasks.run(
                place.spark(),
                plan.host(),
                List.of(plan.registered().set()),
                set -> OpenTask.run(set, evidence.value(), symbols),
                result -> {},
                StepLog.cost(step))
            .get(0);
    opened
        .symbolProblems()
        .forEach(problem -> staged.add(ErrorRowOf.warning("open", "symbols", null, problem)));
    if (!opened.error().isEmpty()) {
      return unopened(step, "open", opened.error());
    }
    StepLog.end(step, 1, null, null);
    MachineDescription description = opened.description();
    description
        .problem()
        .filter(problem -> description.image().processDump().isEmpty())
        .ifPresent(problem -> staged.problem("open", "machine", "processes", problem));
    HostRows.gaps(description.image()).forEach(staged::add);
    if (!opened.pagedOutProblem().isEmpty()) {
      staged.problem("open", "page files", "processes", opened.pagedOutProblem());
    }
    PagedOutRows.errors(opened.pagedOut()).forEach(staged::add);
    return Optional.of(opened);
  }

  private Optional<Opened> unopened(RunStepRow step, String stage, String error) {
    StepLog.fail(step, error);
    staged.fail(stage, error);
    return Optional.empty();
  }

  private void stages(Opened found) throws Exception {
    MachineDescription description = found.description();
    HostContext host = context(found);
    Broadcast<HostContext> shared = place.spark().broadcast(host);
    try {
      HostWork work = new HostWork(place, host, shared, steps, tables);
      CompletableFuture<List<ChunkResult>> scanning =
          CompletableFuture.supplyAsync(work::chunks, place.background());
      boolean opened = description.problem().isEmpty();
      Optional<KernelMap> kernel =
          opened ? staged.attempt("page_tables", "kernel", work::kernelMap) : Optional.empty();
      List<ChunkResult> chunks = scanning.join();
      staged.chunks(HostRows.RAM, chunks);
      PagedOutWork paged =
          new PagedOutWork(place, host, shared, steps, pagedOutStores(found, host));
      Optional<PagedOutScan> pagedScan =
          opened ? staged.attempt("chunks", "pages that left RAM", paged::scan) : Optional.empty();
      pagedScan.ifPresent(scan -> scan.stage(staged));
      List<Integer> scanned =
          chunks.stream()
              .filter(ChunkResult::hasFindings)
              .map(chunk -> chunk.split().number())
              .toList();
      QualityCounts counts;
      ReverseMap owners = null;
      PageSet mounted = PageSet.NONE;
      if (kernel.isPresent()) {
        staged.files(kernel.get().files());
        PagedOutFindings left = pagedScan.map(paged::findings).orElseGet(PagedOutFindings::none);
        Walk walk = walk(work, kernel.get(), !scanned.isEmpty(), left);
        mounted = walk.mounted();
        owners = HostWork.owners(kernel.get(), walk.processes());
        counts =
            counts(
                chunks,
                walk,
                HostWork.totals(kernel.get(), walk.processes()),
                PagedOutCounts.of(
                    owners, found.pagedOut(), pagedScan.map(PagedOutScan::counts).orElse(null)));
      } else {
        staged.addHost(HostArtifact.unopened(description));
        counts = counts(chunks, null, null, null);
      }
      if (tables.contains("pages")) {
        ReverseMap map = owners;
        Optional<List<PageRowsTask.Written>> written =
            staged.attempt("join", "pages", () -> work.pages(scanned, map));
        if (written.isPresent()) {
          staged.files("pages", written.get().stream().map(PageRowsTask.Written::file).toList());
          counts = counts.withFrames(agreement(written.get()));
        }
      }
      CarveWork carve = new CarveWork(place, host, shared, steps);
      Directories names =
          opened && tables.contains("mft")
              ? staged
                  .attempt(
                      "join", "directories", () -> directories(carve, scanned, paged, pagedScan))
                  .orElseGet(Directories::new)
              : new Directories();
      if (opened && carving()) {
        ReverseMap map = owners;
        PageSet hives = mounted;
        staged
            .attempt("join", "carved", () -> carve.rows(scanned, map, hives, names, tables))
            .ifPresent(parts -> parts.forEach(part -> staged.files(part.files())));
      }
      if (pagedScan.isPresent()
          && (tables.contains("pages") || tables.contains("compressed_pages") || carving())) {
        ReverseMap map = owners;
        staged
            .attempt(
                "join",
                "pages that left RAM",
                () -> paged.rows(pagedScan.get(), map, names, tables))
            .ifPresent(parts -> parts.forEach(part -> staged.files(part.files())));
      }
      for (String file : plan.minidumps(description)) {
        staged
            .attempt("walk", "minidump " + file, () -> work.minidump(file))
            .ifPresent(walked -> staged.files(walked.files()));
      }
      staged.add(ImageQuality.row(description, found.pagedOut(), counts));
    } finally {
      shared.destroy();
    }
  }

  /** Whether anything is wanted that signatures in pages lead to. */
  private boolean carving() {
    return !Collections.disjoint(tables, CarvedRows.ownTables());
  }

  /** Names of directories, of which those of one volume may lie in RAM and in page files. */
  private static Directories directories(
      CarveWork carve, List<Integer> chunks, PagedOutWork paged, Optional<PagedOutScan> left) {
    List<Directories> parts = new ArrayList<>(List.of(carve.directories(chunks)));
    left.ifPresent(scan -> parts.add(paged.directories(scan)));
    return Directories.merge(parts);
  }

  private HostContext context(Opened found) {
    MachineDescription description = found.description();
    long chunkPages = HostWork.chunkPages(place, description);
    boolean carving = carving();
    String key =
        plan.registered().imageId()
            + "-"
            + chunkPages
            + "-"
            + SCAN_VERSION
            + (carving ? "" : "-quick");
    return new HostContext(
        request.caseId(),
        plan.host(),
        plan.registered().imageId(),
        place.runId(),
        description,
        found.pagedOut(),
        plan.symbols(),
        place.evidence().value(),
        place.lake().layout().staging(place.runId(), request.caseId(), plan.host()).toString(),
        ChunkStore.of(place.lake().layout(), request.caseId(), plan.host(), key),
        request.pages(),
        new ArrayList<>(plan.registered().set().tags()),
        tables.contains(Timeline.TABLE));
  }

  private PagedOutStores pagedOutStores(Opened found, HostContext host) {
    String identity =
        found.pagedOut()
            + plan.registered().files().stream().map(FileFacts::imageId).toList().toString();
    return new PagedOutStores(
        host.chunks(),
        Fingerprint.ofText(identity),
        HostWork.chunkPages(place, found.description()));
  }

  private Walk walk(HostWork work, KernelMap kernel, boolean scanned, PagedOutFindings pagedOut)
      throws IOException {
    Optional<MachineTask.Walked> machine =
        staged.attempt("walk", "machine", () -> work.machine(kernel.map(), scanned, pagedOut));
    if (machine.isEmpty() || !machine.get().error().isEmpty()) {
      machine.ifPresent(walked -> staged.problem("walk", "symbols", "processes", walked.error()));
      return new Walk(null, null, List.of(), PageSet.NONE, scanned);
    }
    staged.files(machine.get().files());
    List<ProcessTask.Walked> processes =
        staged
            .attempt("walk", "processes", () -> work.processes(machine.get().processes()))
            .orElse(List.of());
    processes.forEach(walked -> staged.files(walked.files()));
    List<HiveTask.Read> hives = List.of();
    if (!machine.get().hives().isEmpty()) {
      hives =
          staged
              .attempt("walk", "registry", () -> work.hives(machine.get().hives()))
              .orElse(List.of());
      hives.forEach(one -> staged.files(one.files()));
    }
    return new Walk(
        HostWork.collected(machine.get(), processes),
        machine.get().security(),
        processes,
        PageSet.of(hives.stream().map(HiveTask.Read::frames).toList()),
        scanned);
  }

  private static QualityCounts counts(
      List<ChunkResult> chunks, Walk walk, PageTableTotals totals, PagedOutCounts pagedOut) {
    long zeroPages = chunks.stream().mapToLong(ChunkResult::zeroPages).sum();
    int failed = (int) chunks.stream().filter(chunk -> !chunk.isOk()).count();
    return new QualityCounts(
        zeroPages,
        failed,
        totals == null ? null : totals.tablesRead(),
        totals == null ? null : totals.tablesMissing(),
        totals == null ? null : totals.missingFrames(),
        walk == null ? null : walk.collected(),
        walk != null && walk.scanned(),
        walk == null ? null : walk.security(),
        pagedOut,
        null);
  }

  /** Sum over all tasks; null when there is no frame database to be read. */
  private static FrameAgreement agreement(List<PageRowsTask.Written> written) {
    return written.stream()
        .map(PageRowsTask.Written::frames)
        .filter(Objects::nonNull)
        .reduce(FrameAgreement::plus)
        .orElse(null);
  }

  private HostResult finish(Opened opened, FileHashes hashes) throws IOException {
    if (hashes.changed()) {
      return HostFailure.changed(plan, hashes.problem()).result(plan, steps);
    }
    RunStepRow step = steps.begin("publish");
    place.progress().begin(plan.host(), "publish", 0, "");
    hashes.problems().forEach(problem -> staged.problem("register", "hash", "evidence", problem));
    staged.evidence(opened, hashes);
    HostManifest published = staged.publish();
    long rows = published.tables().keySet().stream().mapToLong(published::rows).sum();
    StepLog.end(step, 1, null, rows);
    return staged.result(steps);
  }

  /**
   * What the walk gave.
   *
   * @param collected counts of all artifacts; null when the machine could not be walked
   * @param security what the machine says about virtualisation-based security; null like counts
   * @param processes results by batch
   * @param mounted frames of the hives that were read
   * @param scanned whether there was a scan to compare with
   */
  private record Walk(
      Collected collected,
      VbsFacts security,
      List<ProcessTask.Walked> processes,
      PageSet mounted,
      boolean scanned) {}
}
