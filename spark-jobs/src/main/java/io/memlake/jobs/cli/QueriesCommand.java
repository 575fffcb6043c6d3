package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.fleet.NamedQuery;
import io.memlake.jobs.output.ResultColumn;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.sql.LakeQuery;
import io.memlake.jobs.sql.QueryResult;
import io.memlake.schemas.Tables;
import io.memlake.schemas.view.SqlDialect;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code memlake queries}: questions to a whole fleet that come with the program. */
@Command(
    name = "queries",
    description = {"List the questions that come with the program, show one, or run it."})
final class QueriesCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ResultOptions result;
  @Mixin private SparkOptions spark;

  @Option(names = "--lake", paramLabel = "DIR", description = "The lake; needed to run one.")
  private String lake;

  @Option(names = "--case", paramLabel = "NAME", description = "The case; needed among several.")
  private String caseId;

  @Option(
      names = "--dialect",
      paramLabel = "ENGINE",
      defaultValue = "SPARK",
      description = "SPARK, DUCKDB or TRINO, for show. Default: ${DEFAULT-VALUE}.")
  private SqlDialect dialect;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "ACTION",
      defaultValue = "list",
      description = "list (default), show or run.")
  private String action;

  @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "The query.")
  private String name;

  QueriesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    switch (action) {
      case "list" -> list();
      case "show" -> console.out().println(query().sql(dialect));
      case "run" -> run();
      default -> throw new OperatorException("No action " + action + "; there are: list show run");
    }
    return ExitCode.OK.number();
  }

  private void list() throws IOException {
    List<ResultColumn> columns =
        List.of(
            ResultColumn.plain("name"),
            ResultColumn.plain("question"),
            ResultColumn.plain("tables"));
    try (ResultWriter writer = result.open(console, columns)) {
      for (NamedQuery query : NamedQuery.all()) {
        writer.row(List.of(query.name(), query.question(), String.join(" ", query.tables())));
      }
    }
  }

  private void run() throws IOException {
    NamedQuery query = query();
    if (lake == null) {
      throw new OperatorException("queries run needs --lake DIR");
    }
    List<String> missing =
        query.tables().stream().filter(table -> Tables.find(table).isEmpty()).toList();
    if (!missing.isEmpty()) {
      throw new OperatorException(
          "Query " + query.name() + " needs tables that this version lacks: " + missing);
    }
    CaseSession open = CaseSession.open(spark.settings(), lake, caseId, query.tables());
    // Tables may hold several cases; the questions are about one.
    for (String table : query.tables()) {
      open.session()
          .table(table)
          .filter("case_id = " + open.caseLiteral())
          .createOrReplaceTempView(table);
    }
    QueryResult rows = LakeQuery.run(open.session(), query.sql(SqlDialect.SPARK));
    try (ResultWriter writer = result.open(console, rows.columns())) {
      rows.writeTo(writer);
    }
    int hosts = open.inventory().hostsWith(query.tables());
    console
        .err()
        .println(
            hosts
                + " of "
                + open.inventory().hosts()
                + " hosts have rows in all of "
                + query.tables());
  }

  private NamedQuery query() {
    return NamedQuery.find(String.valueOf(name))
        .orElseThrow(
            () ->
                new OperatorException(
                    "No query "
                        + name
                        + "; there are: "
                        + NamedQuery.all().stream()
                            .map(NamedQuery::name)
                            .collect(Collectors.joining(" "))));
  }
}
