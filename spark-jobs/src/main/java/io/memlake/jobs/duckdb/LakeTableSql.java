package io.memlake.jobs.duckdb;

import io.memlake.schemas.Column;
import io.memlake.schemas.Table;
import io.memlake.schemas.view.SqlDialect;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The statement that gives a table of a lake its name in DuckDB. */
final class LakeTableSql {
  private LakeTableSql() {}

  /**
   * A view of the rows of one case in {@code files}; an empty one when there are no files. A column
   * that no file has, because an older version wrote them, is null.
   *
   * @param present names of the columns that some file has
   */
  static String create(Table table, List<String> files, Set<String> present, String caseId) {
    String columns =
        table.columns().stream()
            .map(
                column ->
                    present.contains(column.name())
                        ? quoted(column)
                        : "CAST(NULL AS " + type(column) + ") AS " + quoted(column))
            .collect(Collectors.joining(", "));
    return "CREATE VIEW "
        + SqlDialect.DUCKDB.quoted(table.name())
        + " AS\nSELECT "
        + columns
        + (files.isEmpty()
            ? "\nWHERE false"
            : "\nFROM " + source(files) + "\nWHERE case_id = " + text(caseId));
  }

  /** The rows of {@code files} with the columns that any of them has. */
  static String source(List<String> files) {
    return "read_parquet(["
        + files.stream().map(LakeTableSql::fileName).collect(Collectors.joining(", "))
        + "], hive_partitioning = true, hive_types_autocast = false, union_by_name = true)";
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** A name in which characters of patterns stand for themselves, as text. */
  static String fileName(String file) {
    return text(file.replaceAll("[\\[*?]", "[$0]"));
  }

  private static String quoted(Column column) {
    return SqlDialect.DUCKDB.quoted(column.name());
  }

  static String type(Column column) {
    return switch (column.type()) {
      case STRING -> "VARCHAR";
      case INT -> "INTEGER";
      case LONG -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case BOOLEAN -> "BOOLEAN";
      case TIMESTAMP -> "TIMESTAMP WITH TIME ZONE";
      case BINARY -> "BLOB";
      case STRING_LIST -> "VARCHAR[]";
      case LONG_LIST -> "BIGINT[]";
    };
  }
}
