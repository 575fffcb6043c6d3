package io.memlake.jobs.cli;

import io.memlake.jobs.analyze.AnalyzeOutcome;
import io.memlake.jobs.analyze.StageTotal;
import io.memlake.jobs.lake.Lake;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The last words of an analysis: how it went and what to do next. */
final class RunSummary {
  private static final List<String> STATUSES =
      List.of("ok", "unchanged", "partial", "failed", "skipped");

  private static final double GIGA = 1e9;

  private RunSummary() {}

  /** What was read and how fast, by stage. Nothing when every host was unchanged. */
  static void stages(PrintStream err, List<StageTotal> stages) {
    long read = stages.stream().mapToLong(StageTotal::bytes).sum();
    if (stages.isEmpty()) {
      return;
    }
    err.printf(Locale.ROOT, "Read %.2f GB of evidence; time of all hosts added up:%n", read / GIGA);
    for (StageTotal stage : stages) {
      err.printf(
          Locale.ROOT,
          "  %-12s %8.1f s  %s%n",
          stage.stage(),
          stage.millis() / 1000.0,
          stage.bytes() == 0
              ? ""
              : String.format(
                  Locale.ROOT,
                  "%.2f GB at %.2f GB/s",
                  stage.bytes() / GIGA,
                  stage.bytesPerSecond() / GIGA));
    }
  }

  /** Writes the summary; nothing when no host gave a result. */
  static void write(PrintStream err, AnalyzeOutcome outcome, Lake lake, String name, Instant begun)
      throws IOException {
    Map<String, Long> rows = lake.rows();
    StringBuilder hosts = new StringBuilder();
    for (String status : STATUSES) {
      long count = outcome.count(status);
      if (count > 0) {
        hosts.append(hosts.isEmpty() ? "" : ", ").append(count).append(' ').append(status);
      }
    }
    double seconds = Duration.between(begun, Instant.now()).toMillis() / 1000.0;
    err.println();
    err.println(
        String.format(
            Locale.ROOT,
            "Run %s: hosts %s; the lake holds %,d rows in %d tables; %.1f s",
            outcome.runId(),
            hosts.isEmpty() ? "none" : hosts,
            rows.values().stream().mapToLong(Long::longValue).sum(),
            rows.values().stream().filter(count -> count > 0).count(),
            seconds));
    stages(err, outcome.stages());
    if (outcome.count("ok", "unchanged", "partial") > 0) {
      String quoted = CommandText.of(List.of(name));
      err.println("Next: memlake findings --lake " + quoted);
      err.println("      memlake tree --lake " + quoted);
      err.println("      memlake report --lake " + quoted + " --out report.html");
      err.println("      memlake dashboard --lake " + quoted);
    } else {
      err.println("Next: memlake status --lake " + CommandText.of(List.of(name)));
    }
  }
}
