package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.fleet.Comparison;
import io.memlake.jobs.fleet.ObjectKind;
import io.memlake.jobs.fleet.Things;
import io.memlake.jobs.fleet.ThingsReader;
import io.memlake.jobs.output.ResultWriter;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memlake diff}: what changed between two moments or differs between two hosts. */
@Command(
    name = "diff",
    description = {
      "Compare two hosts of a lake: two moments of one machine, or two machines.",
      "Programs, modules, drivers, services, tasks, autostarts, listeners and accounts."
    })
final class DiffCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private LakeOption lake;
  @Mixin private ResultOptions result;
  @Mixin private SparkOptions spark;

  @Option(names = "--case", paramLabel = "NAME", description = "The case; needed among several.")
  private String caseId;

  @Parameters(index = "0", paramLabel = "A", description = "The host or moment before.")
  private String before;

  @Parameters(index = "1", paramLabel = "B", description = "The host or moment after.")
  private String after;

  DiffCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<String> tables = Things.comparable().stream().map(ObjectKind::table).distinct().toList();
    CaseSession open = CaseSession.open(spark.settings(), lake.location(), caseId, tables);
    for (String host : List.of(before, after)) {
      if (!open.inventory().tables().containsKey(host)) {
        throw new OperatorException(
            "No host "
                + host
                + "; there are: "
                + String.join(" ", open.inventory().tables().keySet()));
      }
    }
    Things first = ThingsReader.read(open.session(), open.caseLiteral(), before::equals);
    Things second = ThingsReader.read(open.session(), open.caseLiteral(), after::equals);
    try (ResultWriter writer = result.open(console, ComparisonColumns.ALL)) {
      for (Comparison.Line line : Comparison.between(first, second)) {
        writer.row(ComparisonColumns.values(line));
      }
    }
    return ExitCode.OK.number();
  }
}
