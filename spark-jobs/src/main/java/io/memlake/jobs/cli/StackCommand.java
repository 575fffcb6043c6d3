package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.fleet.StackQuery;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.sql.LakeQuery;
import io.memlake.jobs.sql.QueryResult;
import io.memlake.schemas.Tables;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memlake stack}: what is rare in a fleet. */
@Command(
    name = "stack",
    description = {
      "Count on how many hosts each value of a table occurs, the rarest first.",
      "User names, devices, SIDs, GUIDs, versions and temporary names do not count as differences."
    })
final class StackCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private LakeOption lake;
  @Mixin private ResultOptions result;
  @Mixin private SparkOptions spark;

  @Option(names = "--case", paramLabel = "NAME", description = "The case; needed among several.")
  private String caseId;

  @Parameters(index = "0", paramLabel = "TABLE", description = "A table.")
  private String table;

  @Parameters(
      index = "1",
      paramLabel = "COLUMNS",
      description = "Columns whose values belong together, separated by commas.")
  private String columns;

  @Option(
      names = "--max-hosts",
      paramLabel = "N",
      description = "Leave out values that more hosts have.")
  private int maxHosts;

  @Option(names = "--raw", description = "Take values as they are.")
  private boolean raw;

  StackCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (maxHosts < 0) {
      throw new OperatorException("--max-hosts is 1 or more");
    }
    // Checks table and columns before Spark starts.
    StackQuery.of(table, columns, maxHosts, raw, "''");
    CaseSession open = CaseSession.open(spark.settings(), lake.location(), caseId, List.of(table));
    QueryResult rows =
        LakeQuery.run(
            open.session(), StackQuery.of(table, columns, maxHosts, raw, open.caseLiteral()));
    try (ResultWriter writer = result.open(console, rows.columns())) {
      rows.writeTo(writer);
    }
    int hosts = open.inventory().hostsWith(List.of(Tables.byName(table).name()));
    console
        .err()
        .println(hosts + " of " + open.inventory().hosts() + " hosts have rows in " + table);
    return ExitCode.OK.number();
  }
}
