package io.memlake.jobs.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.hunt.run.CaseRun;
import io.memlake.jobs.hunt.run.ProgramVersions;
import io.memlake.jobs.lake.DataFile;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.lake.TestRows;
import io.memlake.jobs.rows.RowFile;
import io.memlake.jobs.session.PlainHadoop;
import io.memlake.jobs.session.TestSpark;
import io.memlake.jobs.sql.LakeViews;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import io.memlake.schemas.view.SqlDialect;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped queries over one lake, in Spark and in DuckDB: same Parquet, same rows. */
class NamedQueriesTest {
  private static final int HOSTS = 6;
  private static final Configuration CONFIGURATION = PlainHadoop.configuration();
  @TempDir private static Path folder;
  private static SparkSession session;

  @BeforeAll
  static void writeLake() throws IOException {
    session = TestSpark.session().newSession();
    session.conf().set("spark.sql.codegen.wholeStage", "false");
    try (LakeWriter lake = LakeWriter.open(folder.toString(), CONFIGURATION)) {
      for (int host = 0; host < HOSTS; host++) {
        String name = "H" + host;
        Map<String, List<DataFile>> staged = new TreeMap<>();
        for (String table : FleetRows.TABLES) {
          staged.put(table, List.of(rows(lake, table, host)));
        }
        lake.publish(TestRows.manifest(name, "run1", HostManifest.OK), staged);
      }
      LakeViews.register(session, lake.lake());
      CaseRun run =
          CaseRun.begin(
              lake,
              CONFIGURATION,
              "default",
              "prevalence",
              "",
              new ProgramVersions("0.1", "", "4.2"),
              Map.of());
      new PrevalenceJob(session, folder.toString(), "default").run(run);
    }
    LakeViews.register(session, Lake.open(folder.toString(), CONFIGURATION));
  }

  @Test
  void everyQueryGivesTheSameRowsInSparkAndDuckDb() throws SQLException {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      TreeSet<String> views = new TreeSet<>();
      for (NamedQuery query : NamedQuery.all()) {
        for (String table : query.tables()) {
          if (views.add(table)) {
            statement.execute(
                "CREATE VIEW "
                    + table
                    + " AS SELECT * FROM read_parquet('"
                    + folder
                    + "/"
                    + table
                    + "/**/*.parquet', hive_partitioning = true, hive_types_autocast = false, union_by_name = true)");
          }
        }
        List<String> spark = new ArrayList<>();
        for (Row row : session.sql(query.sql(SqlDialect.SPARK)).collectAsList()) {
          List<String> cells = new ArrayList<>();
          for (int i = 0; i < row.size(); i++) {
            cells.add(String.valueOf(row.get(i)));
          }
          spark.add(cells.toString());
        }
        List<String> duckDb = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query.sql(SqlDialect.DUCKDB))) {
          while (rows.next()) {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              cells.add(String.valueOf(rows.getObject(i)));
            }
            duckDb.add(cells.toString());
          }
        }
        assertThat(duckDb).as(query.name()).isEqualTo(spark).isNotEmpty();
      }
    }
  }

  @Test
  void prevalenceTellsCommonFewAndUniquePagesWithoutZeroPages() {
    Map<String, Long> classes = new TreeMap<>();
    for (Row row :
        session.sql("SELECT class, count(*) FROM page_prevalence GROUP BY class").collectAsList()) {
      classes.put(row.getString(0), row.getLong(1));
    }
    // Of the pages that FleetRows makes: 5 on all hosts, 1 on hosts 0 and 1, one executable one a
    // host.
    assertThat(classes).isEqualTo(Map.of("fleet-common", 5L, "few", 1L, "unique", 6L + 1));
    assertThat(session.sql("SELECT * FROM page_prevalence WHERE page_hash = 0").count()).isZero();
    Row few = session.sql("SELECT * FROM page_prevalence WHERE class = 'few'").first();
    assertThat(few.<Integer>getAs("hosts")).isEqualTo(2);
    assertThat(few.<Long>getAs("copies")).isEqualTo(2);
    assertThat(few.<String>getAs("first_host")).isEqualTo("H0");
  }

  @Test
  void theMinorityOfACodePageIsAPatchAndDataIsNot() {
    List<Row> patches = session.sql("SELECT * FROM code_patches").collectAsList();
    assertThat(patches).hasSize(1);
    Row patch = patches.get(0);
    assertThat(patch.<String>getAs("host")).isEqualTo("H3");
    assertThat(patch.<String>getAs("module")).isEqualTo("ntdll.dll");
    assertThat(patch.<Long>getAs("rva")).isEqualTo(0x2000L);
    assertThat(patch.<Integer>getAs("hosts_same")).isEqualTo(1);
    assertThat(patch.<Integer>getAs("hosts_majority")).isEqualTo(5);
    assertThat(patch.<Boolean>getAs("fleet_wide")).isFalse();
  }

  @Test
  void stackPutsTheRarestFirst() {
    List<Row> rows =
        session.sql(StackQuery.of("kernel_modules", "path", 2, false, "'default'")).collectAsList();
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).getString(0)).isEqualTo("c:/windows/temp/rare.sys");
    assertThat(rows.get(0).getLong(1)).isEqualTo(1);
    assertThat(rows.get(0).<String>getAs("first_hosts")).isEqualTo("H2");
  }

  @Test
  void diffNamesWhatOneHostHasAndAnotherLacks() {
    Things first = ThingsReader.read(session, "'default'", "H1"::equals);
    Things second = ThingsReader.read(session, "'default'", "H2"::equals);
    assertThat(Comparison.between(first, second))
        .extracting(line -> line.status() + " " + line.kind() + " " + line.key())
        .contains("NEW driver rare.sys");
  }

  private static DataFile rows(LakeWriter lake, String table, int host) throws IOException {
    Table schema = Tables.byName(table);
    return RowFile.write(
        new org.apache.hadoop.fs.Path(
            lake.layout().staging("run1", "default", "H" + host), table + "/0.parquet"),
        schema,
        FleetRows.of(schema, host),
        CONFIGURATION);
  }
}
