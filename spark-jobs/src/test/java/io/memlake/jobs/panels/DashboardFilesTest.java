package io.memlake.jobs.panels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.memlake.schemas.view.SqlDialect;
import io.trino.sql.parser.SqlParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DashboardFilesTest {
  private static final Path FOLDER = Path.of("../cluster-config/dashboards");
  private static final String STATEMENTS = ";\n";

  @Test
  void theFilesAreThoseOfThePanels() throws IOException {
    for (Map.Entry<String, String> file : DashboardFiles.all().entrySet()) {
      Path path = FOLDER.resolve(file.getKey());
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.getValue());
      }
      assertThat(path).as("-Dgolden.update=true writes it").content().isEqualTo(file.getValue());
    }
  }

  @Test
  void duckDbMakesEveryPanelAViewOverTheDemo() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(Files.readString(DemoLake.folder().resolve("_memlake/views.sql")));
      int made = 0;
      for (Panel panel : DashboardFiles.panels()) {
        boolean filled = panel.tables().stream().allMatch(table -> isThere(table));
        boolean known = panel.also().stream().allMatch(table -> isThere(table));
        if (filled && known) {
          statement.execute("CREATE VIEW panel_" + panel.id() + " AS " + panel.sql());
          statement.executeQuery("SELECT * FROM panel_" + panel.id()).close();
          made++;
        }
      }
      assertThat(made).isGreaterThan(10);
    }
  }

  private static boolean isThere(String table) {
    try {
      return DemoLake.snapshot().rows(table) > 0;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void trinoReadsEveryPanel() {
    for (Panel panel : DashboardFiles.panels()) {
      String sql = DashboardFiles.sql(panel, SqlDialect.TRINO);
      assertThatCode(() -> new SqlParser().createStatement(sql))
          .as(panel.id())
          .doesNotThrowAnyException();
    }
  }

  @Test
  void trinoReadsTheDefinitionsThatALakeCarries() throws IOException {
    String text = Files.readString(DemoLake.folder().resolve("_memlake/views-trino.sql"));
    List<String> statements =
        List.of(text.split(STATEMENTS, -1)).stream().filter(part -> !part.isBlank()).toList();
    assertThat(statements).hasSizeGreaterThan(15);
    for (String statement : statements) {
      assertThatCode(() -> new SqlParser().createStatement(statement))
          .as(statement)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void grafanaFilesAreWellFormedAndHangTogether() throws IOException {
    JsonNode sources =
        new ObjectMapper(new YAMLFactory())
            .readTree(FOLDER.resolve("grafana/provisioning/datasources/memlake.yaml").toFile());
    JsonNode providers =
        new ObjectMapper(new YAMLFactory())
            .readTree(FOLDER.resolve("grafana/provisioning/dashboards/memlake.yaml").toFile());
    assertThat(providers.path("apiVersion").asInt()).isEqualTo(1);
    for (JsonNode source : sources.path("datasources")) {
      String uid = source.path("uid").asText();
      JsonNode dashboard =
          new ObjectMapper()
              .readTree(FOLDER.resolve("grafana/dashboards/" + uid + ".json").toFile());
      assertThat(dashboard.findValuesAsText("uid")).allMatch(uid::equals).isNotEmpty();
      assertThat(dashboard.findValues("datasource"))
          .allSatisfy(used -> assertThat(used.path("type")).isEqualTo(source.path("type")));
    }
  }
}
