package io.memlake.jobs.duckdb;

import io.memlake.jobs.query.Answer;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.query.QueryException;
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
import java.util.stream.Collectors;

/** Tables made of lines of JSON, in DuckDB with the types that a lake has there. */
public final class JsonLake implements LakeDatabase {
  private final Connection connection;

  /** A lake of {@code lines} by table; every other table is there and empty. */
  public JsonLake(Path folder, Map<String, List<String>> lines) throws IOException, SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      for (Table table : Tables.all()) {
        String columns =
            table.columns().stream()
                .map(column -> '"' + column.name() + "\" " + LakeTableSql.type(column))
                .collect(Collectors.joining(", "));
        statement.execute("CREATE TABLE \"" + table.name() + "\" (" + columns + ")");
        if (lines.containsKey(table.name())) {
          Path file = Files.write(folder.resolve(table.name() + ".json"), lines.get(table.name()));
          String types =
              table.columns().stream()
                  .map(column -> '"' + column.name() + "\": '" + LakeTableSql.type(column) + "'")
                  .collect(Collectors.joining(", "));
          statement.execute(
              "INSERT INTO \""
                  + table.name()
                  + "\" SELECT * FROM read_json('"
                  + file
                  + "', format = 'newline_delimited', columns = {"
                  + types
                  + "})");
        }
      }
    }
  }

  @Override
  public String engine() {
    return "duckdb";
  }

  @Override
  public long rows(String table) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Answer ask(String sql, Map<String, Object> parameters, int maxRows) throws QueryException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int count = result.getMetaData().getColumnCount();
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= count; i++) {
        columns.add(result.getMetaData().getColumnLabel(i));
      }
      List<List<Object>> rows = new ArrayList<>();
      while (rows.size() < maxRows && result.next()) {
        rows.add(DuckDbValue.row(result, count));
      }
      return new Answer(columns, rows, false);
    } catch (SQLException e) {
      throw new QueryException(e.getMessage(), e);
    }
  }

  @Override
  public Answer askFreely(String sql, int maxRows) throws QueryException {
    return ask(sql, Map.of(), maxRows);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
