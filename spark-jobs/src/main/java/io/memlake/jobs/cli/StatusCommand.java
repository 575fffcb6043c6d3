package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.RunRecord;
import io.memlake.jobs.output.ResultColumn;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.session.PlainHadoop;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code memlake status}: runs, hosts, what failed and why. */
@Command(name = "status", description = "Show runs and hosts of a lake, what failed and why.")
final class StatusCommand implements Callable<Integer> {
  private static final List<ResultColumn> COLUMNS =
      List.of(
          ResultColumn.plain("what"),
          ResultColumn.plain("name"),
          ResultColumn.plain("case"),
          ResultColumn.plain("status"),
          ResultColumn.plain("time"),
          ResultColumn.plain("stage"),
          ResultColumn.plain("rows"),
          ResultColumn.plain("message"));

  private final Console console;

  @Mixin private LakeOption lake;
  @Mixin private ResultOptions result;

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Lake opened = Lake.open(lake.location(), PlainHadoop.configuration());
    List<RunRecord> runs = opened.runs();
    List<HostManifest> hosts = opened.hosts();
    try (ResultWriter writer = result.open(console, COLUMNS)) {
      for (RunRecord run : runs) {
        writer.row(
            row(
                "run",
                run.runId(),
                run.caseId(),
                run.status(),
                run.started(),
                "",
                null,
                run.message()));
        for (RunRecord.HostOutcome outcome : run.hosts()) {
          writer.row(
              row(
                  "run host",
                  outcome.host(),
                  run.caseId(),
                  outcome.status(),
                  "",
                  outcome.stage(),
                  null,
                  outcome.message()));
        }
      }
      for (HostManifest host : hosts) {
        long rows = host.tables().keySet().stream().mapToLong(host::rows).sum();
        writer.row(
            row(
                "host",
                host.host(),
                host.caseId(),
                host.status(),
                host.publishedAt(),
                "",
                rows,
                host.message()));
      }
    }
    return ExitCode.OK.number();
  }

  private static List<?> row(Object... cells) {
    return Arrays.stream(cells).map(cell -> "".equals(cell) ? null : cell).toList();
  }
}
