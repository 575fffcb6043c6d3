package io.memlake.jobs.hunt.yara;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.hunt.run.Coverage;
import io.memlake.schemas.Tables;
import io.memlake.schemas.row.YaraMatchRow;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** YARA rules over hosts: what is scanned where, and what came out. Knows nothing of Spark. */
public final class YaraHunt {
  /** Time for one region; a rule that needs more is named and the region counts as not scanned. */
  private static final int TIMEOUT_MILLIS = 120_000;

  private static final int MAX_MATCHES = 1_000;

  private final ArrayList<YaraSource> sources;
  private final Map<String, String> rejected = new TreeMap<>();

  /** Reads rules from files and folders. */
  public YaraHunt(List<Path> paths) throws IOException {
    YaraFiles files = new YaraFiles();
    for (Path path : paths) {
      files.read(path);
    }
    sources = new ArrayList<>(files.sources());
    rejected.putAll(files.rejected());
    if (!sources.isEmpty()) {
      // Before any host is opened: a rule that does not compile is told at once.
      YaraX engine = new YaraX(sources, TIMEOUT_MILLIS, MAX_MATCHES);
      rejected.putAll(engine.rejected());
      YaraEngines.give(sources, engine);
    }
  }

  /**
   * The scan of one host; runs on an executor.
   *
   * @param lake where the lake is
   * @param caseId the case
   * @param host the host
   * @param runId the run that writes
   * @param sources the rules
   */
  public record HostScan(
      String lake, String caseId, String host, String runId, ArrayList<YaraSource> sources)
      implements Serializable {

    /** Scans the host. */
    public HostResult run(HadoopEvidence evidence) {
      YaraHostTask.Result result =
          YaraHostTask.run(
              lake,
              caseId,
              host,
              evidence,
              runId,
              () -> YaraEngines.take(sources, TIMEOUT_MILLIS, MAX_MATCHES));
      if (result.engine != null && !result.engine.isStopped()) {
        YaraEngines.give(sources, result.engine);
      }
      return new HostResult(host, result);
    }
  }

  /** What one host gave. */
  public static final class HostResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String host;
    private final YaraHostTask.Result result;

    HostResult(String host, YaraHostTask.Result result) {
      this.host = host;
      this.result = result;
    }
  }

  /** One scan a host. */
  public List<HostScan> scans(String lake, String caseId, Iterable<String> hosts, String runId) {
    List<HostScan> scans = new ArrayList<>();
    if (!sources.isEmpty()) {
      hosts.forEach(host -> scans.add(new HostScan(lake, caseId, host, runId, sources)));
    }
    return scans;
  }

  /** All rows, sorted. */
  public static List<YaraMatchRow> rows(List<HostResult> results) {
    List<YaraMatchRow> rows = new ArrayList<>();
    results.forEach(host -> rows.addAll(host.result.rows));
    rows.sort(Tables.byName("yara_matches").order());
    return rows;
  }

  /** What was and was not looked for. */
  public List<Coverage> coverage(List<HostResult> results) {
    YaraEngines.drop(sources);
    int searched = (int) results.stream().filter(host -> host.result.error.isEmpty()).count();
    int skipped = results.size() - searched;
    List<Coverage> coverage = new ArrayList<>();
    rejected.forEach(
        (file, why) ->
            coverage.add(Coverage.of("yara", file, "unsupported", why, 1, 0, results.size())));
    for (YaraSource source : sources) {
      if (!rejected.containsKey(source.name())) {
        long found =
            results.stream()
                .flatMap(host -> host.result.rows.stream())
                .filter(row -> row.getNamespace().equals(source.name()))
                .count();
        coverage.add(
            Coverage.searched("yara", source.name(), searched, skipped)
                .withMatches(found)
                .withReason("user memory of running processes"));
      }
    }
    for (HostResult host : results) {
      if (!host.result.error.isEmpty()) {
        coverage.add(
            Coverage.of("yara", "host " + host.host, "skipped", host.result.error, 1, 0, 1));
      }
      host.result.problems.forEach(
          (where, why) -> coverage.add(Coverage.of("yara", where, "skipped", why, 1, 0, 1)));
    }
    return coverage;
  }

  /** Bytes of all regions, and of those that were different from all others of their host. */
  public static long[] bytes(List<HostResult> results) {
    return new long[] {
      results.stream().mapToLong(host -> host.result.bytes).sum(),
      results.stream().mapToLong(host -> host.result.distinctBytes).sum()
    };
  }
}
