package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.fleet.BaselineFile;
import io.memlake.jobs.fleet.Comparison;
import io.memlake.jobs.fleet.ObjectKind;
import io.memlake.jobs.fleet.Things;
import io.memlake.jobs.fleet.ThingsReader;
import io.memlake.jobs.output.ResultWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memlake baseline}: compare hosts with what is known to be normal. */
@Command(
    name = "baseline",
    description = {
      "create: keep what the hosts of a lake have as a baseline file.",
      "apply: say of everything on the hosts whether a baseline knows it."
    })
final class BaselineCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private LakeOption lake;
  @Mixin private ResultOptions result;
  @Mixin private SparkOptions spark;

  @Option(names = "--case", paramLabel = "NAME", description = "The case; needed among several.")
  private String caseId;

  @Parameters(index = "0", paramLabel = "ACTION", description = "create or apply.")
  private String action;

  @Option(
      names = "--baseline",
      required = true,
      paramLabel = "FILE",
      description = "The baseline: JSON lines.")
  private Path file;

  @Option(names = "--hosts", split = ",", paramLabel = "HOST", description = "Only these hosts.")
  private List<String> hosts = List.of();

  @Option(
      names = "--min-hosts",
      paramLabel = "N",
      defaultValue = "1",
      description = "create: leave out what fewer hosts have. Default: ${DEFAULT-VALUE}.")
  private int minHosts;

  @Option(names = "--all", description = "apply: show what is known too.")
  private boolean all;

  BaselineCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (!action.equals("create") && !action.equals("apply")) {
      throw new OperatorException("No action " + action + "; there are: create apply");
    }
    Things baseline = action.equals("apply") ? BaselineFile.read(file) : null;
    List<String> tables = Things.comparable().stream().map(ObjectKind::table).distinct().toList();
    CaseSession open = CaseSession.open(spark.settings(), lake.location(), caseId, tables);
    Things now =
        ThingsReader.read(
            open.session(), open.caseLiteral(), host -> hosts.isEmpty() || hosts.contains(host));
    if (baseline == null) {
      long lines = BaselineFile.write(file, now, minHosts);
      console.err().println("Wrote " + lines + " things to " + file);
      return ExitCode.OK.number();
    }
    long known = 0;
    try (ResultWriter writer = result.open(console, ComparisonColumns.ALL)) {
      for (Comparison.Line line : Comparison.withBaseline(baseline, now)) {
        boolean isKnown = line.status().equals("KNOWN");
        known += isKnown ? 1 : 0;
        if (all || !isKnown) {
          writer.row(ComparisonColumns.values(line));
        }
      }
    }
    console.err().println(known + " things are known");
    return ExitCode.OK.number();
  }
}
