package io.memlake.jobs.sql;

import io.memlake.schemas.Column;
import io.memlake.schemas.Table;
import io.memlake.schemas.view.SqlDialect;
import java.util.stream.Collectors;

/** A table of which a lake holds no rows yet, as a view: a query over it then gives none. */
final class EmptyTableSql {
  private EmptyTableSql() {}

  static String create(SqlDialect dialect, Table table) {
    return (dialect == SqlDialect.SPARK
            ? "CREATE OR REPLACE TEMPORARY VIEW "
            : "CREATE OR REPLACE VIEW ")
        + dialect.quoted(table.name())
        + " AS\nSELECT "
        + table.columns().stream()
            .map(
                column ->
                    "CAST(NULL AS "
                        + type(dialect, column)
                        + ") AS "
                        + dialect.quoted(column.name()))
            .collect(Collectors.joining(", "))
        + "\nWHERE false";
  }

  private static String type(SqlDialect dialect, Column column) {
    boolean spark = dialect == SqlDialect.SPARK;
    return switch (column.type()) {
      case STRING -> spark ? "STRING" : "VARCHAR";
      case INT -> "INTEGER";
      case LONG -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case BOOLEAN -> "BOOLEAN";
      case TIMESTAMP -> spark ? "TIMESTAMP" : "TIMESTAMP WITH TIME ZONE";
      case BINARY -> spark ? "BINARY" : "BLOB";
      case STRING_LIST -> spark ? "ARRAY<STRING>" : "VARCHAR[]";
      case LONG_LIST -> spark ? "ARRAY<BIGINT>" : "BIGINT[]";
    };
  }
}
