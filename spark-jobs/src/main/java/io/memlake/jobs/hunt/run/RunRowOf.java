package io.memlake.jobs.hunt.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.memlake.jobs.evidence.Fingerprint;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.lake.RunRecord;
import io.memlake.schemas.evidence.RowOrigin;
import io.memlake.schemas.row.RunRow;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The row of {@code runs} that tells of a run over a whole case. */
final class RunRowOf {
  private RunRowOf() {}

  static RunRow record(LakeWriter lake, RunRecord run, ProgramVersions versions)
      throws IOException {
    RunRow row = new RunRow();
    new RowOrigin(run.caseId(), null, null, run.runId()).stamp(row);
    String parameters = json(run);
    row.setSource("tool");
    row.setCommand(run.command());
    row.setCommandLine(run.commandLine());
    row.setParamsJson(parameters);
    row.setParamsSha256(Fingerprint.sha256(parameters));
    row.setToolVersion(versions.memlake());
    row.setGitCommit(versions.commit().isEmpty() ? null : versions.commit());
    row.setSparkVersion(versions.spark());
    row.setJavaVersion(Runtime.version().toString());
    row.setStarted(Instant.parse(run.started()).truncatedTo(ChronoUnit.MICROS));
    row.setEnded(Instant.parse(run.ended()).truncatedTo(ChronoUnit.MICROS));
    row.setStatus(run.status());
    row.setExitCode(run.exitCode());
    row.setError(run.message().isEmpty() ? null : run.message());
    row.setPrevRunSha256(previous(lake, run));
    return row;
  }

  /** Chains the runs of a lake, so that a removed or changed record shows. */
  private static String previous(LakeWriter lake, RunRecord run) throws IOException {
    String previous = null;
    for (RunRecord other : lake.lake().runs()) {
      if (other.runId().compareTo(run.runId()) < 0) {
        previous = other.runId();
      }
    }
    return previous == null
        ? null
        : Fingerprint.sha256(lake.files().readText(lake.layout().run(previous)));
  }

  private static String json(RunRecord run) {
    try {
      return new ObjectMapper().writeValueAsString(run.parameters());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of texts is JSON", e);
    }
  }
}
