package io.memlake.jobs.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.LakeLayout;
import io.memlake.jobs.lake.LakeSnapshot;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.lake.TestRows;
import io.memlake.jobs.query.Answer;
import io.memlake.jobs.query.QueryException;
import io.memlake.jobs.session.PlainHadoop;
import io.memlake.schemas.Tables;
import io.memlake.schemas.view.View;
import io.memlake.schemas.view.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuckDbLakeTest {

  /** A folder whose name is a pattern to DuckDB, and text to people. */
  @TempDir static Path folder;

  private static Path root;
  private static DuckDbLake lake;

  @BeforeAll
  static void publish() throws IOException {
    root = folder.resolve("it's [a] lake");
    try (LakeWriter writer = LakeWriter.open(root.toString(), PlainHadoop.configuration())) {
      for (String host : List.of("007", "WS:02/ü")) {
        writer.publish(
            TestRows.manifest(host, "run1", HostManifest.OK),
            TestRows.stage(
                writer,
                "run1",
                host,
                List.of(
                    TestRows.page(host, "run1", 2),
                    TestRows.page(host, "run1", 1),
                    TestRows.kernelModule(host, "run1", "a.sys"))));
      }
    }
    Files.writeString(folder.resolve("secret.csv"), "a,b\n1,2\n");
    Path stray = root.resolve("pages/case_id=default/host=GONE");
    Files.createDirectories(stray);
    Files.writeString(stray.resolve("part-00000-run0.parquet"), "never committed");
    lake =
        DuckDbLake.open(
            LakeSnapshot.of(Lake.open(root.toString(), PlainHadoop.configuration())), "default");
  }

  @AfterAll
  static void close() {
    lake.close();
  }

  @Test
  void rowsComeWithTheirPartitionsAsText() throws IOException {
    Answer answer =
        lake.ask("SELECT host, pfn, page_hash FROM pages ORDER BY host, pfn", Map.of(), 10);
    assertThat(answer.columns()).containsExactly("host", "pfn", "page_hash");
    assertThat(answer.rows())
        .containsExactly(
            List.of("007", 1L, 0xFFFFF8047BA00001L),
            List.of("007", 2L, 0xFFFFF8047BA00002L),
            List.of("WS:02/ü", 1L, 0xFFFFF8047BA00001L),
            List.of("WS:02/ü", 2L, 0xFFFFF8047BA00002L));
    assertThat(answer.cut()).isFalse();
  }

  @Test
  void parametersAreValuesAndLongAnswersAreCut() throws IOException {
    Answer one =
        lake.ask(
            "SELECT pfn FROM pages WHERE host = :host AND pfn >= :pfn ORDER BY pfn",
            Map.of("host", "007", "pfn", 1),
            1);
    assertThat(one.rows()).containsExactly(List.of(1L));
    assertThat(one.cut()).isTrue();
    assertThat(
            lake.ask("SELECT pfn FROM pages WHERE host = :host", Map.of("host", "' OR true --"), 10)
                .rows())
        .isEmpty();
  }

  @Test
  void tablesWithoutRowsAreThereAndEmpty() throws IOException {
    assertThat(lake.ask("SELECT pid, create_time, gaps FROM processes", Map.of(), 10).rows())
        .isEmpty();
    assertThat(lake.rows("processes")).isZero();
    assertThat(lake.rows("pages")).isEqualTo(4);
  }

  @Test
  void columnsThatAnOlderVersionDidNotWriteAreNull() throws Exception {
    Path old = folder.resolve("old.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT 'default' AS case_id, 'H' AS host, 4 AS pid) TO '" + old + "'");
      statement.execute(
          LakeTableSql.create(
              Tables.byName("processes"),
              List.of(old.toString()),
              Set.of("case_id", "host", "pid"),
              "default"));
      try (ResultSet rows = statement.executeQuery("SELECT pid, path FROM processes")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(4);
        assertThat(rows.getString(2)).isNull();
      }
    }
  }

  @Test
  void everyViewIsUnderstood() {
    for (View view : Views.all()) {
      assertThat(view.columns()).isNotEmpty();
      assertThat(askAll(view.name())).as(view.name()).hasSize(view.columns().size());
    }
  }

  private static List<String> askAll(String name) {
    try {
      return lake.ask("SELECT * FROM " + name, Map.of(), 10).columns();
    } catch (QueryException e) {
      throw new AssertionError(name, e);
    }
  }

  @Test
  void freeQueriesReadTablesAndViews() throws IOException {
    assertThat(lake.askFreely("SELECT count(*) FROM pages", 5).rows()).containsExactly(List.of(4L));
    assertThat(lake.askFreely("WITH k AS (FROM vol_modules) SELECT count(*) FROM k", 5).rows())
        .containsExactly(List.of(2L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY (SELECT 1) TO 'LAKE/pages/x.csv'",
        "COPY pages TO 'LAKE/x.parquet'",
        "CREATE TABLE t AS SELECT 1",
        "DROP VIEW pages",
        "SET enable_external_access = true",
        "PRAGMA enable_object_cache",
        "ATTACH 'LAKE/x.db'",
        "INSTALL httpfs",
        "EXPORT DATABASE 'LAKE/out'",
        "SELECT 1; SELECT 2",
        "SELECT 1) ; COPY (SELECT 1) TO 'LAKE/x.csv'; SELECT * FROM (SELECT 1",
        "SELECT * FROM query('COPY (SELECT 1) TO ''LAKE/x.csv''')",
        "SELECT * FROM read_csv('OUTSIDE/secret.csv')",
        "SELECT * FROM read_text('LAKE/../secret.csv')",
        "SELECT * FROM 'OUTSIDE/secret.csv'",
        "SELECT * FROM glob('OUTSIDE/*')",
        "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')",
        "SELECT",
        ""
      })
  void freeQueriesThatDoMoreOrReadElsewhereAreRefused(String sql) throws IOException {
    List<Path> before = files();
    String attack =
        sql.replace("LAKE", root.toString().replace("'", "''"))
            .replace("OUTSIDE", folder.toString());
    assertThatThrownBy(() -> lake.askFreely(attack, 5)).isInstanceOf(QueryException.class);
    assertThat(files()).isEqualTo(before);
    assertThat(lake.askFreely("SELECT count(*) FROM pages", 5).rows()).containsExactly(List.of(4L));
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted().toList();
    }
  }

  @Test
  void aLakeOnAnotherFileSystemIsRefusedWithAWayOut() {
    LakeSnapshot far =
        new LakeSnapshot(
            new LakeLayout(new org.apache.hadoop.fs.Path("hdfs://name/lake")),
            List.of(),
            Map.of(),
            Map.of());
    assertThatThrownBy(() -> DuckDbLake.open(far, "default"))
        .isInstanceOf(OperatorException.class)
        .hasMessageContaining("hdfs://name/lake")
        .hasMessageEndingWith("--engine spark reads all");
  }
}
