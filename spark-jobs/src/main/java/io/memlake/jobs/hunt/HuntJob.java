package io.memlake.jobs.hunt;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.hunt.finding.FindingsRun;
import io.memlake.jobs.hunt.indicator.AllowList;
import io.memlake.jobs.hunt.indicator.IndicatorFiles;
import io.memlake.jobs.hunt.indicator.IndicatorSet;
import io.memlake.jobs.hunt.ioc.IocHunt;
import io.memlake.jobs.hunt.run.CaseRun;
import io.memlake.jobs.hunt.run.Coverage;
import io.memlake.jobs.hunt.run.LakeInventory;
import io.memlake.jobs.hunt.sigma.SigmaHunt;
import io.memlake.jobs.hunt.yara.LiteralChunk;
import io.memlake.jobs.hunt.yara.OpenedHost;
import io.memlake.jobs.hunt.yara.YaraHunt;
import io.memlake.jobs.hunt.yara.YaraResult;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.session.Tasks;
import io.memlake.jobs.sql.LakeViews;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** Looks for everything that was asked for, writes the matches, then makes the findings anew. */
public final class HuntJob {
  private final SparkSession session;
  private final String lake;
  private final HuntRequest request;
  private final IndicatorSet indicators = new IndicatorSet();
  private final AllowList allowed = AllowList.builtIn();

  /**
   * Reads what to look for.
   *
   * @param lake where the lake is
   * @throws OperatorException when a file that was named cannot be used at all
   */
  public HuntJob(SparkSession session, String lake, HuntRequest request) throws IOException {
    this.session = session;
    this.lake = lake;
    this.request = request;
    Instant now = Instant.now();
    for (Path file : request.indicators()) {
      IndicatorFiles.read(existing(file), indicators, now);
    }
    for (Path path : Stream.concat(request.yara().stream(), request.sigma().stream()).toList()) {
      if (!java.nio.file.Files.exists(path)) {
        throw new OperatorException("No such file or folder: " + path);
      }
    }
    for (Path file : request.allowed()) {
      try {
        allowed.add(existing(file));
      } catch (IllegalArgumentException e) {
        throw new OperatorException("Allow-list " + e.getMessage(), e);
      }
    }
  }

  /** Runs the hunt over a case. */
  public List<Coverage> run(Lake opened, LakeInventory inventory, CaseRun run) throws IOException {
    LakeViews.register(session, opened);
    List<Coverage> coverage = new ArrayList<>();
    if (!request.indicators().isEmpty()) {
      IocHunt.Result found = new IocHunt(session, inventory).run(indicators, allowed, run.runId());
      run.replace("ioc_matches", found.rows().iterator());
      coverage.addAll(found.coverage());
    }
    if (!request.yara().isEmpty()) {
      yara(inventory, run, coverage);
    }
    if (!request.sigma().isEmpty()) {
      SigmaHunt.Result found = new SigmaHunt(session, inventory, request.sigma()).run(run.runId());
      run.replace("sigma_matches", found.rows().iterator());
      coverage.addAll(found.coverage());
    }
    run.note(FindingsRun.INPUTS, FindingsRun.inputs(opened, inventory.caseId()));
    // Read again: the tables of matches are there now.
    LakeInventory found = LakeInventory.of(opened, inventory.caseId());
    FindingsRun.write(session, opened, found, run, coverage);
    return coverage;
  }

  private void yara(LakeInventory inventory, CaseRun run, List<Coverage> coverage)
      throws IOException {
    YaraHunt hunt = new YaraHunt(request.yara(), request.externals());
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    Broadcast<HadoopEvidence> evidence =
        spark.broadcast(new HadoopEvidence(spark.hadoopConfiguration()));
    Broadcast<YaraHunt.Rules> rules = spark.broadcast(hunt.rules());
    try {
      String caseId = inventory.caseId();
      List<OpenedHost> hosts =
          Tasks.run(
              spark,
              "yara open",
              hunt.openings(lake, caseId, inventory.tables().keySet()),
              opening -> opening.run(evidence.value()),
              host -> {});
      Broadcast<ArrayList<OpenedHost>> opened = spark.broadcast(new ArrayList<>(hosts));
      List<LiteralChunk.Result> found =
          Tasks.run(
              spark,
              "yara literals",
              YaraHunt.chunks(hosts),
              chunk ->
                  chunk.run(
                      opened.value().get(chunk.host()), evidence.value(), rules.value().gate()),
              result -> {});
      List<YaraHunt.HostResult> results =
          Tasks.run(
              spark,
              "yara rules",
              hunt.evaluations(lake, caseId, run.runId(), hosts, found),
              host -> host.run(evidence.value(), rules.value()),
              result -> {});
      opened.destroy();
      YaraResult result = hunt.result(results);
      run.replace("yara_matches", result.rows().iterator());
      coverage.addAll(result.coverage());
    } finally {
      rules.destroy();
      evidence.destroy();
    }
  }

  private static Path existing(Path file) {
    if (!java.nio.file.Files.isRegularFile(file)) {
      throw new OperatorException("No such file: " + file);
    }
    return file;
  }
}
