package io.memlake.jobs.analyze;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.memlake.jobs.evidence.Fingerprint;
import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.lake.DataFile;
import io.memlake.jobs.lake.RunRecord;
import io.memlake.jobs.rows.RowFile;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import io.memlake.schemas.evidence.RowOrigin;
import io.memlake.schemas.row.RunRow;
import io.memlake.schemas.row.RunStepRow;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.hadoop.fs.Path;

/** Ends a run: its rows in {@code runs} and {@code run_steps}, and its record. */
final class RunTables {
  private final Workplace place;
  private final AnalyzeRequest request;

  RunTables(Workplace place, AnalyzeRequest request) {
    this.place = place;
    this.request = request;
  }

  void write(RunRecord begun, AnalyzeOutcome outcome, List<HostResult> results) throws IOException {
    String message =
        outcome.hosts().stream()
            .filter(host -> !host.message().isEmpty())
            .map(host -> host.host() + ": " + host.message())
            .findFirst()
            .orElse("");
    RunRecord ended =
        begun.ended(
            StepLog.now().toString(),
            status(outcome.exitCode()),
            outcome.exitCode().number(),
            message,
            outcome.hosts());
    // First without tables: if the disk is full now, the run is still told of.
    place.lake().record(ended);
    Map<String, List<String>> names = new TreeMap<>();
    Map<String, Long> counts = new TreeMap<>();
    add("runs", List.of(row(ended, outcome)), names, counts);
    add("run_steps", steps(results), names, counts);
    place.lake().record(ended.withTables(names, counts));
  }

  private void add(
      String table,
      List<? extends SpecificRecordBase> rows,
      Map<String, List<String>> names,
      Map<String, Long> counts)
      throws IOException {
    if (rows.isEmpty()) {
      return;
    }
    Table schema = Tables.byName(table);
    List<SpecificRecordBase> sorted = new ArrayList<>(rows);
    sorted.sort(schema.order());
    Path staged =
        new Path(place.lake().layout().allStaging(), place.runId() + "/run/" + table + ".parquet");
    DataFile file = RowFile.write(staged, schema, sorted, place.evidence().value().configuration());
    String name = "part-" + place.runId() + ".parquet";
    place.lake().addCaseFile(table, request.caseId(), file.path(), name);
    names.put(table, List.of(name));
    counts.put(table, file.rows());
  }

  private List<RunStepRow> steps(List<HostResult> results) {
    List<RunStepRow> rows = new ArrayList<>();
    for (HostResult result : results) {
      String imageId = result.imageId().isEmpty() ? null : result.imageId();
      RowOrigin origin =
          new RowOrigin(request.caseId(), result.outcome().host(), imageId, place.runId());
      for (RunStepRow row : result.steps()) {
        origin.stamp(row);
        rows.add(row);
      }
    }
    return rows;
  }

  private RunRow row(RunRecord run, AnalyzeOutcome outcome) throws IOException {
    String parameters = json(run.parameters());
    RunRow row = new RunRow();
    new RowOrigin(request.caseId(), null, null, place.runId()).stamp(row);
    row.setSource("tool");
    row.setCommand(run.command());
    row.setCommandLine(run.commandLine());
    row.setParamsJson(parameters);
    row.setParamsSha256(Fingerprint.sha256(parameters));
    row.setProfile(request.profile().toString());
    row.setToolVersion(request.toolVersion());
    row.setGitCommit(request.gitCommit().isEmpty() ? null : request.gitCommit());
    row.setSparkVersion(place.spark().version());
    row.setJavaVersion(Runtime.version().toString());
    row.setMachine(machine());
    row.setStarted(Instant.parse(run.started()).truncatedTo(ChronoUnit.MICROS));
    row.setEnded(Instant.parse(run.ended()));
    row.setStatus(run.status());
    row.setExitCode(run.exitCode());
    row.setHostsTotal(outcome.hosts().size());
    row.setHostsOk((int) outcome.count("ok", "unchanged"));
    row.setHostsPartial((int) outcome.count("partial"));
    row.setHostsFailed((int) outcome.count("failed", "skipped"));
    row.setError(run.message().isEmpty() ? null : run.message());
    row.setPrevRunSha256(previousRun());
    return row;
  }

  /** Chains the runs of a lake, so that a removed or changed record shows. */
  private String previousRun() throws IOException {
    String previous = null;
    for (RunRecord run : place.lake().lake().runs()) {
      if (run.runId().compareTo(place.runId()) < 0) {
        previous = run.runId();
      }
    }
    return previous == null
        ? null
        : Fingerprint.sha256(place.lake().files().readText(place.lake().layout().run(previous)));
  }

  private static String status(ExitCode code) {
    return switch (code) {
      case OK, FINDINGS -> RunRecord.OK;
      case PARTIAL -> RunRecord.PARTIAL;
      default -> RunRecord.FAILED;
    };
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static String json(Map<String, String> parameters) {
    try {
      return new ObjectMapper().writeValueAsString(parameters);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of texts is JSON", e);
    }
  }
}
