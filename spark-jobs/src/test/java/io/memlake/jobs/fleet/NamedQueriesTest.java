package io.memlake.jobs.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.hunt.run.CaseRun;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
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
        Random random = new Random(host);
        for (String table :
            List.of(
                "processes",
                "modules",
                "kernel_modules",
                "handles",
                "network",
                "services",
                "users",
                "pages",
                "hosts")) {
          Tables.find(table)
              .ifPresent(schema -> staged.put(table, List.of(rows(lake, schema, name, random))));
        }
        lake.publish(TestRows.manifest(name, "run1", HostManifest.OK), staged);
      }
      LakeViews.register(session, lake.lake());
      CaseRun run = CaseRun.begin(lake, CONFIGURATION, "default", "prevalence", "", Map.of());
      new PrevalenceJob(session, "default").run(run);
    }
    LakeViews.register(session, Lake.open(folder.toString(), CONFIGURATION));
  }

  @Test
  void everyQueryGivesTheSameRowsInSparkAndDuckDb() throws SQLException {
    List<String> withRows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      TreeSet<String> views = new TreeSet<>();
      for (NamedQuery query : NamedQuery.all()) {
        if (query.tables().stream()
            .anyMatch(table -> Tables.find(table).isEmpty() || !isFilled(table))) {
          continue;
        }
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
        assertThat(duckDb).as(query.name()).isEqualTo(spark);
        if (!spark.isEmpty()) {
          withRows.add(query.name());
        }
      }
    }
    assertThat(withRows)
        .contains(
            "rare-programs",
            "rare-modules",
            "rare-drivers",
            "rare-parents",
            "same-command-line",
            "unique-executable-pages",
            "code-patches");
  }

  @Test
  void prevalenceTellsCommonFewAndUniquePagesWithoutZeroPages() {
    Map<String, Long> classes = new TreeMap<>();
    for (Row row :
        session.sql("SELECT class, count(*) FROM page_prevalence GROUP BY class").collectAsList()) {
      classes.put(row.getString(0), row.getLong(1));
    }
    // Of the pages that rows() makes: 5 on all hosts, 1 on hosts 0 and 1, one executable one a
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

  private static boolean isFilled(String table) {
    return session.table(table).count() > 0;
  }

  private static DataFile rows(LakeWriter lake, Table table, String host, Random random) {
    List<IndexedRecord> rows = new ArrayList<>();
    int number = Integer.parseInt(host.substring(1));
    switch (table.name()) {
      case "processes" -> {
        rows.add(
            row(
                table,
                host,
                "pid",
                4,
                "image_file_name",
                "System",
                "state",
                "running",
                "create_time",
                Instant.EPOCH));
        for (int i = 0; i < 4; i++) {
          rows.add(
              row(
                  table,
                  host,
                  "pid",
                  100 + i,
                  "ppid",
                  i == 0 ? 4 : 100,
                  "image_file_name",
                  "p" + random.nextInt(5) + ".exe",
                  "state",
                  "running",
                  "kernel_path",
                  "\\Device\\HarddiskVolume"
                      + number
                      + "\\Users\\u"
                      + number
                      + "\\p"
                      + random.nextInt(9)
                      + ".exe",
                  "command_line",
                  "a long command line number " + random.nextInt(4),
                  "create_time",
                  Instant.EPOCH.plusSeconds(5),
                  "eprocess",
                  -1L - i));
        }
      }
      case "modules" ->
          rows.add(
              row(
                  table,
                  host,
                  "pid",
                  100,
                  "process",
                  "p.exe",
                  "name",
                  "ntdll.dll",
                  "path",
                  "C:\\Windows\\v" + number % 3 + "\\ntdll.dll",
                  "base",
                  0x10000L * (number + 1),
                  "size",
                  0x8000L,
                  "timestamp",
                  77L,
                  "bits",
                  64,
                  "wow64",
                  false));
      case "kernel_modules" -> {
        rows.add(row(table, host, "name", "a.sys", "path", "\\SystemRoot\\a.sys", "in_list", true));
        if (number == 2) {
          rows.add(
              row(
                  table,
                  host,
                  "name",
                  "rare.sys",
                  "path",
                  "\\??\\C:\\Windows\\Temp\\rare.sys",
                  "in_list",
                  true));
        }
      }
      case "handles" -> {
        rows.add(
            row(
                table,
                host,
                "pid",
                100,
                "process",
                "p.exe",
                "type",
                "Mutant",
                "name",
                "\\BaseNamedObjects\\m" + number / 2,
                "object",
                5L));
        rows.add(
            row(
                table,
                host,
                "pid",
                101,
                "process",
                "q.exe",
                "type",
                "Process",
                "object",
                -1L,
                "granted_access",
                "int".equals(type(table, "granted_access")) ? (Object) 16 : (Object) 16L));
      }
      case "network" -> {
        rows.add(
            row(
                table,
                host,
                "proto",
                "TCPv4",
                "local_addr",
                "10.0.0." + number,
                "local_port",
                50000 + number,
                "foreign_addr",
                "10.0.0." + (number + 1),
                "foreign_port",
                445,
                "state",
                "ESTABLISHED",
                "pid",
                100,
                "owner",
                "p.exe"));
        rows.add(
            row(
                table,
                host,
                "proto",
                "TCPv4",
                "local_addr",
                "10.0.0." + number,
                "local_port",
                445,
                "foreign_addr",
                "10.0.0." + (number - 1),
                "foreign_port",
                50000 + number - 1,
                "state",
                "ESTABLISHED",
                "pid",
                4,
                "owner",
                "System"));
        rows.add(
            row(
                table,
                host,
                "proto",
                "TCPv4",
                "local_addr",
                "0.0.0.0",
                "local_port",
                number == 1 ? 4444 : 135,
                "state",
                "LISTENING",
                "pid",
                4,
                "owner",
                "System"));
      }
      case "services" ->
          rows.add(
              row(
                  table,
                  host,
                  "name",
                  number == 4 ? "Evil" : "Spooler",
                  "state",
                  "running",
                  "binary",
                  "C:\\a.exe"));
      case "users" -> rows.add(row(table, host, "user_name", "Admin", "sid", "S-1-5-21-1-2-3-500"));
      case "pages" -> {
        rows.add(
            row(
                table,
                host,
                "pfn",
                1L,
                "kind",
                "zero",
                "page_hash",
                0L,
                "page_hash2",
                0L,
                "origin",
                "present"));
        for (int i = 0; i < 4; i++) {
          rows.add(
              row(
                  table,
                  host,
                  "pfn",
                  2L + i,
                  "kind",
                  "data",
                  "page_hash",
                  100L + i,
                  "page_hash2",
                  1L,
                  "origin",
                  "present"));
        }
        rows.add(
            row(
                table,
                host,
                "pfn",
                7L,
                "kind",
                "data",
                "page_hash",
                number < 2 ? 555L : 600L + number,
                "page_hash2",
                1L,
                "origin",
                "present"));
        rows.add(
            row(
                table,
                host,
                "pfn",
                8L,
                "kind",
                "data",
                "page_hash",
                700L + number,
                "page_hash2",
                1L,
                "origin",
                "present",
                "executable",
                true,
                "user_mode",
                true,
                "writable",
                true,
                "pid",
                101,
                "va",
                0x900000L));
        rows.add(
            row(
                table,
                host,
                "pfn",
                9L,
                "kind",
                "data",
                "page_hash",
                number == 3 ? 888L : 800L,
                "page_hash2",
                1L,
                "origin",
                "present",
                "executable",
                true,
                "user_mode",
                true,
                "writable",
                false,
                "pid",
                100,
                "va",
                0x10000L * (number + 1) + 0x2000));
      }
      default -> rows.add(row(table, host, "ram_bytes", 1L));
    }
    rows.sort(table.order());
    try {
      return RowFile.write(
          new org.apache.hadoop.fs.Path(
              lake.layout().staging("run1", "default", host), table.name() + "/0.parquet"),
          table,
          rows,
          CONFIGURATION);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String type(Table table, String column) {
    return table.column(column).orElseThrow().type().sql();
  }

  private static IndexedRecord row(Table table, String host, Object... values) {
    Schema schema = table.avro();
    GenericData.Record row = new GenericData.Record(schema);
    for (Schema.Field field : schema.getFields()) {
      if (!field.schema().isNullable()) {
        row.put(
            field.pos(),
            switch (field.schema().getType()) {
              case INT -> 0;
              case LONG -> 0L;
              case BOOLEAN -> false;
              case DOUBLE -> 0.0;
              default -> "x";
            });
      }
    }
    row.put("case_id", "default");
    row.put("host", host);
    row.put("confidence", 100);
    for (int i = 0; i < values.length; i += 2) {
      row.put((String) values[i], values[i + 1]);
    }
    return row;
  }
}
