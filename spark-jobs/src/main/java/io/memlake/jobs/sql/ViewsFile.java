package io.memlake.jobs.sql;

import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.schemas.Column;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import io.memlake.schemas.view.SqlDialect;
import io.memlake.schemas.view.View;
import io.memlake.schemas.view.Views;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** Writes the definitions with which other programs see the tables and views of a lake. */
public final class ViewsFile {
  private ViewsFile() {}

  /** Writes one file a dialect: {@code views.sql} for DuckDB, others with its name in between. */
  public static void write(LakeWriter writer) throws IOException {
    Lake lake = writer.lake();
    Set<String> filled = new HashSet<>();
    lake.rows()
        .forEach(
            (table, rows) -> {
              if (rows > 0) {
                filled.add(table);
              }
            });
    for (SqlDialect dialect : SqlDialect.values()) {
      StringBuilder text = new StringBuilder(heading(dialect));
      for (Table table : Tables.all()) {
        if (filled.contains(table.name())) {
          text.append(table(dialect, lake, table)).append(";\n\n");
        } else if (dialect != SqlDialect.TRINO) {
          text.append(EmptyTableSql.create(dialect, table)).append(";\n\n");
        }
      }
      for (View view : Views.all()) {
        if (dialect != SqlDialect.TRINO || filled.containsAll(view.tables())) {
          text.append(view.create(dialect)).append(";\n\n");
        }
      }
      writer.files().writeText(file(lake, dialect), text.toString());
    }
  }

  private static Path file(Lake lake, SqlDialect dialect) {
    Path views = lake.layout().views();
    return dialect == SqlDialect.DUCKDB
        ? views
        : new Path(
            views.getParent(),
            "views-" + dialect.name().toLowerCase(java.util.Locale.ROOT) + ".sql");
  }

  private static String heading(SqlDialect dialect) {
    String how =
        switch (dialect) {
          case DUCKDB -> "DuckDB: duckdb -init _memlake/views.sql";
          case SPARK -> "Spark SQL: spark-sql -i _memlake/views-spark.sql";
          case TRINO -> "Trino with a Hive catalog: cluster-config/trino/attach";
        };
    return "-- Tables and views of this lake for " + how + "\n\n";
  }

  private static String table(SqlDialect dialect, Lake lake, Table table) {
    String folder = lake.layout().table(table.name()).toString().replaceFirst("^file:/+", "/");
    String name = dialect.quoted(table.name());
    return switch (dialect) {
      case DUCKDB ->
          "CREATE OR REPLACE VIEW "
              + name
              + " AS\nSELECT "
              + columns(dialect, table)
              + "\nFROM read_parquet("
              + text(folder + "/**/*.parquet")
              + ", hive_partitioning = true, hive_types_autocast = false, union_by_name = true)";
      case SPARK ->
          "CREATE OR REPLACE TEMPORARY VIEW "
              + name
              + " AS\nSELECT "
              + columns(dialect, table)
              + "\nFROM parquet.`"
              + folder.replace("`", "``")
              + "`";
      case TRINO ->
          "CREATE TABLE IF NOT EXISTS "
              + name
              + " (\n"
              + definitions(table)
              + "\n) WITH (\n"
              + "  format = 'PARQUET',\n  external_location = "
              + text(trinoLocation(folder))
              + ",\n"
              + "  partitioned_by = ARRAY["
              + table.partitionColumns().stream()
                  .map(ViewsFile::text)
                  .collect(Collectors.joining(", "))
              + "]\n)";
    };
  }

  private static String columns(SqlDialect dialect, Table table) {
    return table.columns().stream()
        .map(column -> dialect.quoted(column.name()))
        .collect(Collectors.joining(", "));
  }

  /** Trino wants the columns that folders name last. */
  private static String definitions(Table table) {
    Set<String> partitions = Set.copyOf(table.partitionColumns());
    StringBuilder lines = new StringBuilder();
    for (boolean partition : new boolean[] {false, true}) {
      for (Column column : table.columns()) {
        if (partitions.contains(column.name()) == partition) {
          lines.append(lines.isEmpty() ? "" : ",\n");
          lines.append("  ").append(SqlDialect.TRINO.quoted(column.name())).append(' ');
          lines.append(trinoType(column));
        }
      }
    }
    return lines.toString();
  }

  /** Trino opens no path without a scheme; {@code local:} is its name for its own disks. */
  private static String trinoLocation(String folder) {
    return folder.startsWith("/") ? "local://" + folder : folder;
  }

  /** Hive's timestamps have no zone; these are UTC as all of a lake's. */
  private static String trinoType(Column column) {
    return switch (column.type()) {
      case STRING -> "varchar";
      case INT -> "integer";
      case LONG -> "bigint";
      case DOUBLE -> "double";
      case BOOLEAN -> "boolean";
      case TIMESTAMP -> "timestamp(6)";
      case BINARY -> "varbinary";
      case STRING_LIST -> "array(varchar)";
      case LONG_LIST -> "array(bigint)";
    };
  }

  private static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
