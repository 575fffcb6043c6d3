package io.memlake.jobs.analyze;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.lake.RunRecord.HostOutcome;
import java.util.List;

/**
 * How a run ended.
 *
 * @param runId the run
 * @param hosts how each host ended, by name
 * @param stages what each stage cost
 * @param exitCode what the command returns
 */
public record AnalyzeOutcome(
    String runId, List<HostOutcome> hosts, List<StageTotal> stages, ExitCode exitCode) {

  static AnalyzeOutcome of(String runId, List<HostResult> results) {
    List<HostOutcome> hosts = results.stream().map(HostResult::outcome).toList();
    return new AnalyzeOutcome(
        runId,
        hosts,
        StageTotal.of(results.stream().map(HostResult::steps).toList()),
        exitCode(results, hosts));
  }

  /** Hosts that ended with one of these statuses. */
  public long count(String... statuses) {
    List<String> wanted = List.of(statuses);
    return hosts.stream().filter(host -> wanted.contains(host.status())).count();
  }

  private static ExitCode exitCode(List<HostResult> results, List<HostOutcome> hosts) {
    if (results.stream().anyMatch(HostResult::hashChanged)) {
      return ExitCode.EVIDENCE_MISMATCH;
    }
    if (results.stream().anyMatch(HostResult::lakeFull)) {
      return ExitCode.ENVIRONMENT;
    }
    boolean allGood =
        hosts.stream().allMatch(h -> h.status().equals("ok") || h.status().equals("unchanged"));
    if (allGood) {
      return ExitCode.OK;
    }
    boolean allBad =
        hosts.stream().allMatch(h -> h.status().equals("failed") || h.status().equals("skipped"));
    return allBad ? ExitCode.FAILURE : ExitCode.PARTIAL;
  }
}
