package io.memlake.jobs.fault;

import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All rows of a lake, read by a program that is not Spark, for comparing two lakes. */
public final class LakeRows {
  /** About the run and not about the machine. */
  private static final Set<String> TABLES_OF_RUNS = Set.of("runs", "run_steps");

  /** What differs between two runs that found the same. */
  private static final Set<String> COLUMNS_OF_RUNS = Set.of("run_id", "registered_at", "attempts");

  private LakeRows() {}

  /** Rows by table, each as one line, in a fixed order; tables without rows are left out. */
  public static Map<String, List<String>> of(Path lake) throws IOException, SQLException {
    Map<String, List<String>> rows = new TreeMap<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(Files.readString(lake.resolve("_memlake/views.sql")));
      Set<String> defined =
          Set.copyOf(read(statement, "SELECT view_name FROM duckdb_views() WHERE NOT internal"));
      for (Table table : Tables.all()) {
        if (defined.contains(table.name()) && !TABLES_OF_RUNS.contains(table.name())) {
          rows.put(table.name(), read(statement, query(table)));
        }
      }
    }
    return rows;
  }

  /** The first column of an answer. */
  public static List<String> query(Path lake, String query) throws IOException, SQLException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(Files.readString(lake.resolve("_memlake/views.sql")));
      return read(statement, query);
    }
  }

  private static String query(Table table) {
    String columns =
        String.join(
            ", ",
            table.columns().stream()
                .map(column -> column.name())
                .filter(name -> !COLUMNS_OF_RUNS.contains(name))
                .map(name -> '"' + name + '"')
                .toList());
    return "SELECT CAST(row("
        + columns
        + ") AS VARCHAR) AS line FROM "
        + table.name()
        + " ORDER BY 1";
  }

  private static List<String> read(Statement statement, String query) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }
}
