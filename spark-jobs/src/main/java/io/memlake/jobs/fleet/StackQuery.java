package io.memlake.jobs.fleet;

import io.memlake.jobs.exit.OperatorException;
import io.memlake.schemas.Column;
import io.memlake.schemas.ColumnType;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Counts on how many hosts each value occurs: what is rare comes first. */
public final class StackQuery {
  private static final int SHOWN_HOSTS = 5;

  private StackQuery() {}

  /**
   * The statement.
   *
   * @param tableName the table
   * @param columnNames columns whose values belong together, separated by commas
   * @param maxHosts values on more hosts are left out; 0 for no limit
   * @param raw whether values are taken as they are instead of in {@link NormalForm}
   * @param caseLiteral the case as a literal
   * @throws OperatorException when there is no such table or column
   */
  public static String of(
      String tableName, String columnNames, int maxHosts, boolean raw, String caseLiteral) {
    Table table =
        Tables.find(tableName)
            .orElseThrow(
                () ->
                    new OperatorException(
                        "No table "
                            + tableName
                            + "; there are: "
                            + String.join(" ", Tables.names())));
    List<String> selected = new ArrayList<>();
    for (String name : columnNames.split(",", -1)) {
      Column column =
          table
              .column(name.strip())
              .orElseThrow(
                  () ->
                      new OperatorException(
                          "Table " + tableName + " has no column " + name.strip()));
      String quoted = "`" + column.name() + "`";
      boolean text = column.type() == ColumnType.STRING && !raw;
      selected.add((text ? NormalForm.spark(quoted) : quoted) + " AS " + quoted);
    }
    String names =
        selected.stream()
            .map(expression -> expression.substring(expression.lastIndexOf(" AS ") + 4))
            .collect(Collectors.joining(", "));
    return "SELECT "
        + names
        + ", count(DISTINCT host) AS hosts, count(*) AS rows, array_join(slice(sort_array("
        + "collect_set(host)), 1, "
        + SHOWN_HOSTS
        + "), ' ') AS first_hosts\nFROM (SELECT host, "
        + String.join(", ", selected)
        + " FROM "
        + table.name()
        + " WHERE case_id = "
        + caseLiteral
        + ")\nGROUP BY "
        + names
        + (maxHosts > 0 ? "\nHAVING count(DISTINCT host) <= " + maxHosts : "")
        + "\nORDER BY hosts, rows, "
        + names;
  }
}
