package io.memlake.jobs.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.panels.DemoLake;
import io.memlake.jobs.session.TestSpark;
import io.memlake.schemas.Tables;
import io.memlake.schemas.view.View;
import io.memlake.schemas.view.Views;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The definitions that a lake carries for other programs, run by the programs they are for. */
class ViewsFileTest {

  private static Connection duckdb;
  private static Set<String> defined;

  @BeforeAll
  static void runTheFile() throws Exception {
    assertThat(TestSpark.session()).isNotNull();
    Path file = DemoLake.folder().resolve("_memlake/views.sql");
    duckdb = DriverManager.getConnection("jdbc:duckdb:");
    try (Statement statement = duckdb.createStatement()) {
      statement.execute(Files.readString(file));
    }
    defined = Set.copyOf(strings("SELECT view_name FROM duckdb_views() WHERE NOT internal"));
  }

  @AfterAll
  static void close() throws SQLException {
    duckdb.close();
  }

  @Test
  void everyTableWithRowsIsDefinedAndCountsAsSparkDoes() throws SQLException {
    Map<String, Long> spark = sparkCounts(Tables.names());
    spark.values().removeIf(rows -> rows == 0);
    assertThat(spark).hasSizeGreaterThan(12);
    assertThat(defined).containsAll(spark.keySet());
    assertThat(duckdbCounts(spark.keySet())).isEqualTo(spark);
  }

  @Test
  void viewsOfFilledTablesCountAsSparkDoes() throws SQLException {
    List<String> views =
        Views.all().stream().map(View::name).filter(name -> defined.contains(name)).toList();
    assertThat(views).contains("vol_pslist", "vol_psscan", "vol_dlllist", "vol_modules");
    assertThat(duckdbCounts(views)).isEqualTo(sparkCounts(views));
  }

  @Test
  void rowsOfProcessesAreTheSame() throws SQLException {
    String query =
        "SELECT concat_ws('|', host, pid, ppid, image_file_name, eprocess, in_pslist, in_psscan)"
            + " AS line FROM processes ORDER BY host, eprocess";
    List<String> spark = CommandRun.rows(DemoLake.folder(), query);
    assertThat(strings(query)).hasSizeGreaterThan(50).isEqualTo(spark);
  }

  private static Map<String, Long> sparkCounts(Collection<String> names) {
    return counts(CommandRun.rows(DemoLake.folder(), counting(names)));
  }

  private static Map<String, Long> duckdbCounts(Collection<String> names) throws SQLException {
    return counts(strings(counting(names)));
  }

  /** One query for all: starting one takes Spark longer than counting. */
  private static String counting(Collection<String> names) {
    return names.stream()
        .map(name -> "SELECT concat('" + name + "=', count(*)) AS line FROM " + name)
        .collect(Collectors.joining(" UNION ALL "));
  }

  private static Map<String, Long> counts(List<String> lines) {
    Map<String, Long> counts = new TreeMap<>();
    for (String line : lines) {
      String[] parts = line.split("=", 2);
      counts.put(parts[0], Long.parseLong(parts[1]));
    }
    return counts;
  }

  private static List<String> strings(String query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = duckdb.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}
