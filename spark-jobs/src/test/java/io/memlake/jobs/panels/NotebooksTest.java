package io.memlake.jobs.panels;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the SQL of the notebooks where it says it runs: DuckDB over plain Parquet. */
class NotebooksTest {
  private static final String MAGIC = "%%sql\n";
  private static final String LAKE = "../memlake-demo/lake";

  @ParameterizedTest
  @ValueSource(strings = {"triage", "stacking", "page_rarity"})
  void everyCellGivesRows(String name) throws Exception {
    JsonNode notebook =
        new ObjectMapper().readTree(Files.readString(Path.of("../notebooks", name + ".ipynb")));
    assertThat(notebook.path("nbformat").asInt()).isEqualTo(4);
    int run = 0;
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (JsonNode cell : notebook.path("cells")) {
        String source = source(cell);
        if (!cell.path("cell_type").asText().equals("code") || !source.startsWith(MAGIC)) {
          continue;
        }
        assertThat(cell.path("outputs")).as("outputs are not kept").isEmpty();
        String sql = source.substring(MAGIC.length()).replace(LAKE, DemoLake.folder().toString());
        if (statement.execute(sql)) {
          try (ResultSet rows = statement.getResultSet()) {
            assertThat(rows.next()).as(name + ": " + sql).isTrue();
          }
        }
        run++;
      }
    }
    assertThat(run).isGreaterThan(4);
  }

  private static String source(JsonNode cell) throws IOException {
    StringBuilder source = new StringBuilder();
    cell.path("source").forEach(line -> source.append(line.asText()));
    return source.toString();
  }
}
