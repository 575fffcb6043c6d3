package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.hunt.finding.FindingsRun;
import io.memlake.jobs.hunt.rule.Severity;
import io.memlake.jobs.hunt.run.CaseRun;
import io.memlake.jobs.hunt.run.LakeInventory;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.session.SparkSessions;
import io.memlake.jobs.sql.LakeViews;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code memlake findings}: what the built-in rules find in a lake. */
@Command(
    name = "findings",
    description = {
      "Show what the built-in rules find, worst first.",
      "They are run again when the lake changed since the last time."
    })
final class FindingsCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;
  @Mixin private LakeOption lake;
  @Mixin private ResultOptions result;
  @Mixin private SparkOptions spark;
  @Mixin private FailOnOption failOn;

  @Option(names = "--case", paramLabel = "NAME", description = "The case; needed among several.")
  private String caseId;

  @Option(
      names = "--severity",
      paramLabel = "LEVEL",
      defaultValue = "informational",
      description = "Show findings of this severity or worse. Default: ${DEFAULT-VALUE}.")
  private String severity;

  @Option(names = "--refresh", description = "Run the rules even if nothing changed.")
  private boolean refresh;

  FindingsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Severity least = FailOnOption.severity(severity);
    failOn.check();
    SparkSession session = SparkSessions.start(spark.settings());
    Configuration configuration = session.sparkContext().hadoopConfiguration();
    Lake opened = Lake.open(lake.location(), configuration);
    LakeInventory inventory = LakeInventory.of(opened, caseId);
    if (refresh || !FindingsRun.isCurrent(opened, inventory.caseId())) {
      evaluate(session, lake.location(), inventory, spec);
    }
    LakeViews.register(session, opened);
    FindingsReport report = new FindingsReport(session, inventory.caseId());
    report.write(console, result, least);
    report.summary(console.err());
    ExitCode usual = inventory.incomplete().isEmpty() ? ExitCode.OK : ExitCode.PARTIAL;
    inventory
        .incomplete()
        .forEach((host, why) -> console.err().println("  not complete: " + host + " " + why));
    return failOn.exitCode(report.worst(), usual).number();
  }

  /** Runs the rules and adds what they find to the lake. */
  static void evaluate(
      SparkSession session, String lake, LakeInventory inventory, CommandSpec command)
      throws IOException {
    Configuration configuration = session.sparkContext().hadoopConfiguration();
    try (LakeWriter writer = LakeWriter.open(lake, configuration)) {
      String inputs = FindingsRun.inputs(writer.lake(), inventory.caseId());
      CaseRun run =
          CaseRun.begin(
              writer,
              configuration,
              inventory.caseId(),
              "findings",
              CommandText.of(command.commandLine().getParseResult().originalArgs()),
              ToolVersion.programs(),
              Map.of(FindingsRun.INPUTS, inputs));
      FindingsRun.write(session, writer.lake(), inventory, run, List.of());
      run.finish(ExitCode.OK, "");
    }
  }
}
