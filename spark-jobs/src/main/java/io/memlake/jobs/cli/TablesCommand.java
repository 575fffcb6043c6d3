package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.output.ResultColumn;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.session.PlainHadoop;
import io.memlake.schemas.Column;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import io.memlake.schemas.view.View;
import io.memlake.schemas.view.ViewColumn;
import io.memlake.schemas.view.Views;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code memlake tables}: what there is to query, and what it means. */
@Command(
    name = "tables",
    description = "List the tables with their rows, or one table's columns with their meaning.")
final class TablesCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private LakeOption lake;
  @Mixin private ResultOptions result;

  @Parameters(arity = "0..1", paramLabel = "TABLE", description = "A table or view.")
  private String name;

  TablesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Lake opened = Lake.open(lake.location(), PlainHadoop.configuration());
    if (name == null) {
      listTables(opened);
    } else {
      describe();
    }
    return ExitCode.OK.number();
  }

  private void listTables(Lake opened) throws IOException {
    try (ResultWriter writer = result.open(console, columns("table", "rows", "meaning"))) {
      Map<String, Long> rows = opened.rows();
      for (Table table : Tables.all()) {
        writer.row(List.of(table.name(), rows.getOrDefault(table.name(), 0L), table.doc()));
      }
      for (View view : Views.all()) {
        writer.row(Arrays.asList(view.name(), null, view.doc()));
      }
    }
  }

  private void describe() throws IOException {
    Optional<Table> table = Tables.find(name);
    Optional<View> view = Views.find(name);
    if (table.isEmpty() && view.isEmpty()) {
      throw new OperatorException(
          "No table " + name + "; there are: " + String.join(" ", Tables.names()));
    }
    try (ResultWriter writer =
        result.open(console, columns("column", "type", "meaning", "null_means"))) {
      for (Column column : table.map(Table::columns).orElse(List.of())) {
        writer.row(
            Arrays.asList(
                column.name(), column.type().sql(), column.doc(), column.whenNull().orElse(null)));
      }
      for (ViewColumn column : view.map(View::columns).orElse(List.of())) {
        writer.row(Arrays.asList(column.name(), null, column.expression(), null));
      }
    }
  }

  private static List<ResultColumn> columns(String... names) {
    return Arrays.stream(names).map(ResultColumn::plain).toList();
  }
}
