package io.memlake.jobs.lake;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one run did, kept from its first second on, so that a killed run is still told of.
 *
 * @param runId the run; its name sorts by time
 * @param caseId the case it worked on
 * @param command the command, for instance {@code analyze}
 * @param commandLine all its arguments, secrets left out
 * @param parameters everything in effect, by name
 * @param started ISO-8601
 * @param ended ISO-8601, or empty while it runs
 * @param status {@code running}, {@code ok}, {@code partial}, {@code failed} or {@code interrupted}
 * @param exitCode of the command, -1 while it runs
 * @param message why it is not {@code ok}, one line; empty otherwise
 * @param hosts how each host ended
 * @param tables names of the files that the run added to tables of the whole case
 * @param tableRows rows in those files by table
 */
public record RunRecord(
    String runId,
    String caseId,
    String command,
    String commandLine,
    Map<String, String> parameters,
    String started,
    String ended,
    String status,
    int exitCode,
    String message,
    List<HostOutcome> hosts,
    Map<String, List<String>> tables,
    Map<String, Long> tableRows) {
  /** The run has not ended, or was killed. */
  public static final String RUNNING = "running";

  /** Everything was done. */
  public static final String OK = "ok";

  /** Some hosts or chunks failed. */
  public static final String PARTIAL = "partial";

  /** Nothing useful came out. */
  public static final String FAILED = "failed";

  /** It was killed; a later run noticed. */
  public static final String INTERRUPTED = "interrupted";

  /** Sorts the maps, so that equal records have equal texts. */
  public RunRecord {
    parameters = new TreeMap<>(parameters);
    hosts = List.copyOf(hosts);
    tables = new TreeMap<>(tables);
    tableRows = new TreeMap<>(tableRows);
  }

  /** The same run, ended. */
  public RunRecord ended(String when, String how, int code, String why, List<HostOutcome> results) {
    return new RunRecord(
        runId,
        caseId,
        command,
        commandLine,
        parameters,
        started,
        when,
        how,
        code,
        why,
        results,
        tables,
        tableRows);
  }

  /** The same run with the files it added to tables of the whole case. */
  public RunRecord withTables(Map<String, List<String>> names, Map<String, Long> rows) {
    return new RunRecord(
        runId,
        caseId,
        command,
        commandLine,
        parameters,
        started,
        ended,
        status,
        exitCode,
        message,
        hosts,
        names,
        rows);
  }

  /**
   * How a run ended for one host.
   *
   * @param host the host
   * @param status {@code ok}, {@code partial}, {@code failed}, or {@code unchanged} when its
   *     results stood already
   * @param stage the stage it failed in; empty otherwise
   * @param message why, one line; empty otherwise
   */
  public record HostOutcome(String host, String status, String stage, String message) {}
}
