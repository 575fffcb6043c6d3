package io.memlake.schemas.view;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One view over the tables of a lake.
 *
 * @param name its name in SQL
 * @param doc what it shows and which tool it follows
 * @param tables tables that it reads
 * @param columns its columns in order
 * @param from the rest of the statement, from {@code FROM} on
 */
public record View(
    String name, String doc, List<String> tables, List<ViewColumn> columns, String from) {

  /** Copies the lists, so that the view stays as it is. */
  public View {
    tables = List.copyOf(tables);
    columns = List.copyOf(columns);
  }

  /** The {@code SELECT} in a dialect, without a semicolon. */
  public String select(SqlDialect dialect) {
    return columns.stream()
        .map(
            column ->
                "  " + dialect.text(column.expression()) + " AS " + dialect.quoted(column.name()))
        .collect(Collectors.joining(",\n", "SELECT\n", "\n" + dialect.text(from)));
  }

  /** The statement that makes the view, without a semicolon. */
  public String create(SqlDialect dialect) {
    return dialect.createView() + " " + name + " AS\n" + select(dialect);
  }
}
