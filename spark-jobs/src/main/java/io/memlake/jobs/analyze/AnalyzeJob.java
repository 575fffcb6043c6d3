package io.memlake.jobs.analyze;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.evidence.EvidenceSet;
import io.memlake.jobs.exit.ResumeRefusedException;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.lake.RunId;
import io.memlake.jobs.lake.RunRecord;
import io.memlake.jobs.lake.RunRecord.HostOutcome;
import io.memlake.jobs.options.JobOptions;
import io.memlake.jobs.progress.Progress;
import io.memlake.jobs.session.Tasks;
import io.memlake.jobs.sql.ViewsFile;
import io.memlake.jobs.task.RegisterTask;
import io.memlake.jobs.task.RegisterTask.Registered;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** Turns evidence into tables: {@code memlake analyze}. */
public final class AnalyzeJob {
  private final JavaSparkContext spark;
  private final JobOptions options;
  private final AnalyzeRequest request;
  private final Progress progress;

  /** Works on the cores of {@code session}. */
  public AnalyzeJob(
      SparkSession session, JobOptions options, AnalyzeRequest request, Progress progress) {
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.options = options;
    this.request = request;
    this.progress = progress;
  }

  /**
   * Analyzes all hosts. A host that fails is in the outcome.
   *
   * @throws ResumeRefusedException when a host is in the lake with other parameters; nothing was
   *     done then
   * @throws io.memlake.jobs.lake.LakeWriteException when the lake cannot be written
   */
  public AnalyzeOutcome run() throws IOException {
    HadoopEvidence evidence = new HadoopEvidence(spark.hadoopConfiguration());
    Broadcast<HadoopEvidence> shared = spark.broadcast(evidence);
    ExecutorService background = Executors.newCachedThreadPool(AnalyzeJob::daemon);
    try (LakeWriter lake = LakeWriter.open(request.lake(), evidence.configuration())) {
      List<HostPlan> plans = plan(lake, shared);
      String runId = RunId.next();
      Workplace place = new Workplace(spark, options, lake, shared, progress, background, runId);
      RunRecord record = begin(runId, place.options());
      lake.record(record);
      List<HostResult> results = analyze(place, plans);
      AnalyzeOutcome outcome = AnalyzeOutcome.of(runId, results);
      new RunTables(place, request).write(record, outcome, results);
      ViewsFile.write(lake);
      return outcome;
    } finally {
      background.shutdownNow();
      shared.destroy();
    }
  }

  private List<HostPlan> plan(LakeWriter lake, Broadcast<HadoopEvidence> evidence)
      throws IOException {
    List<EvidenceSet> sets = request.evidence();
    List<Registered> registered =
        Tasks.run(
            spark, "register", sets, set -> RegisterTask.run(set, evidence.value()), result -> {});
    List<HostPlan> plans = new ArrayList<>();
    for (Registered host : registered) {
      plans.add(HostPlan.of(request, host, lake));
    }
    List<String> refusals =
        plans.stream().map(HostPlan::refusal).filter(reason -> !reason.isEmpty()).toList();
    if (!refusals.isEmpty()) {
      throw new ResumeRefusedException(
          String.join(". ", refusals) + "; --restart makes the results anew");
    }
    return plans;
  }

  private List<HostResult> analyze(Workplace place, List<HostPlan> plans) {
    int side = place.options().hostsInParallel(spark.defaultParallelism());
    ExecutorService hosts = Executors.newFixedThreadPool(side, AnalyzeJob::daemon);
    AtomicBoolean stop = new AtomicBoolean();
    try {
      List<CompletableFuture<HostResult>> running = new ArrayList<>();
      // Largest first, so that no large host is left for the end.
      plans.stream()
          .sorted(Comparator.comparingLong(AnalyzeJob::size).reversed())
          .forEach(
              plan ->
                  running.add(CompletableFuture.supplyAsync(() -> host(place, plan, stop), hosts)));
      return running.stream()
          .map(CompletableFuture::join)
          .sorted(Comparator.comparing(result -> result.outcome().host()))
          .toList();
    } finally {
      hosts.shutdownNow();
    }
  }

  private HostResult host(Workplace place, HostPlan plan, AtomicBoolean stop) {
    if (stop.get()) {
      return result(plan, "skipped", "another host failed and --fail-fast was given");
    }
    if (plan.decision() == HostPlan.Decision.UNCHANGED) {
      progress.end(plan.host(), "unchanged", "");
      return result(plan, "unchanged", "");
    }
    HostResult result = new HostAnalysis(place, request, plan).run();
    HostOutcome outcome = result.outcome();
    if (request.failFast() && outcome.status().equals(RunRecord.FAILED)) {
      stop.set(true);
    }
    progress.end(plan.host(), outcome.status(), outcome.message());
    return result;
  }

  private static HostResult result(HostPlan plan, String status, String message) {
    return new HostResult(
        new HostOutcome(plan.host(), status, "", message),
        plan.registered().imageId(),
        List.of(),
        false,
        false);
  }

  private static long size(HostPlan plan) {
    return plan.registered().files().isEmpty() ? 0 : plan.registered().files().get(0).size();
  }

  private RunRecord begin(String runId, JobOptions options) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("case", request.caseId());
    parameters.put("chunk_pages", Integer.toString(options.chunkPages()));
    parameters.put(
        "evidence", String.join(" ", request.evidence().stream().map(EvidenceSet::image).toList()));
    parameters.put("git_commit", request.gitCommit());
    parameters.put("hash", request.hash().toString());
    parameters.put("isf", request.symbols().forcedFile());
    parameters.put("profile", request.profile().toString());
    parameters.put("symbols", String.join(" ", request.symbols().folders()));
    parameters.put("tool_version", request.toolVersion());
    parameters.put("tables", String.join(" ", request.tablesToFill()));
    return new RunRecord(
        runId,
        request.caseId(),
        request.command(),
        request.commandLine(),
        parameters,
        Instant.now().toString(),
        "",
        RunRecord.RUNNING,
        -1,
        "",
        List.of(),
        Map.of(),
        Map.of());
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "memlake-host");
    thread.setDaemon(true);
    return thread;
  }
}
