package io.memlake.jobs.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.lake.TestRows;
import io.memlake.jobs.session.PlainHadoop;
import io.memlake.jobs.session.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeQueryTest {

  private static final String NASTY = "a\u001b[2J<b>\"c\",\n" + "n".repeat(16384);

  @TempDir static Path folder;

  @BeforeAll
  static void publishTwoHosts() throws IOException {
    try (LakeWriter lake = LakeWriter.open(folder.toString(), PlainHadoop.configuration())) {
      for (String host : List.of("007", "WS02")) {
        lake.publish(
            TestRows.manifest(host, "run1", HostManifest.OK),
            TestRows.stage(
                lake,
                "run1",
                host,
                List.of(
                    TestRows.page(host, "run1", 2),
                    TestRows.page(host, "run1", 1),
                    TestRows.kernelModule(host, "run1", NASTY))));
      }
    }
    Path stray = folder.resolve("pages/case_id=default/host=GONE");
    Files.createDirectories(stray);
    Files.writeString(stray.resolve("part-00000-run0.parquet"), "never committed");
  }

  @BeforeEach
  void shareOneSession() {
    assertThat(TestSpark.session()).isNotNull();
  }

  @Test
  void partitionColumnsComeBackAsTextAndRowsInOrder() {
    CommandRun run = sql("-o", "csv", "SELECT host, pfn, page_hash FROM pages");
    assertThat(run.err()).isEmpty();
    assertThat(run.lines())
        .containsExactly(
            "host,pfn,page_hash",
            "007,1,-8776839069695",
            "007,2,-8776839069694",
            "WS02,1,-8776839069695",
            "WS02,2,-8776839069694");
  }

  @Test
  void addressesPrintAsHexInTablesThroughAliasesToo() {
    assertThat(sql("SELECT base AS b FROM kernel_modules WHERE host = '007'").out())
        .contains("0xfffff8047ba00000");
  }

  @Test
  void theCommonColumnsComeFirst() {
    assertThat(sql("-o", "csv", "SELECT * FROM pages LIMIT 1").lines().get(0))
        .startsWith("case_id,host,image_id,run_id,source,layer,forensic_path,confidence,pfn,");
  }

  @Test
  void namesFromMemoryComeOutEscaped() {
    assertThat(sql("SELECT name FROM kernel_modules LIMIT 1").out())
        .contains("a\\x1b[2J<b>\"c\",\\x0annn")
        .contains("…")
        .doesNotContain("\u001b");
    assertThat(sql("-o", "jsonl", "SELECT name FROM kernel_modules LIMIT 1").out())
        .startsWith("{\"name\":\"a\\u001B[2J\\u003Cb\\u003E\\\"c\\\",\\nnnn")
        .hasSizeGreaterThan(16384);
    assertThat(sql("-o", "csv", "SELECT name FROM kernel_modules LIMIT 1").out())
        .contains("\"a\u001b[2J<b>\"\"c\"\",\nnnn");
  }

  @Test
  void emptyTablesAndViewsCanBeQueried() {
    assertThat(sql("-o", "csv", "SELECT count(*) AS n FROM threads").lines())
        .containsExactly("n", "0");
    assertThat(sql("-o", "csv", "SELECT count(*) AS n FROM vol_modules").lines())
        .containsExactly("n", "2");
  }

  @Test
  void wrongQueriesAreUsageErrorsInOneLine() {
    for (String query :
        List.of("SELEC 1", "SELECT nothing FROM pages", "SELECT * FROM nowhere", "")) {
      CommandRun run = sql(query);
      assertThat(run.code()).as(query).isEqualTo(2);
      assertThat(run.err().lines()).as(query).hasSize(1);
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void statementsThatWriteAreRefused() {
    for (String statement :
        List.of(
            "CREATE TABLE t (a int) USING parquet",
            "DROP VIEW pages",
            "INSERT OVERWRITE DIRECTORY '/tmp/memlake-never' USING csv SELECT 1",
            "INSERT INTO pages SELECT * FROM pages",
            "SET spark.sql.session.timeZone=CET")) {
      CommandRun run = sql(statement);
      assertThat(run.code()).as(statement).isEqualTo(2);
      assertThat(run.err()).contains("Only queries are accepted");
    }
  }

  @Test
  void describeAndShowAreQueries() {
    assertThat(sql("-o", "csv", "DESCRIBE hosts").out()).contains("nt_build,int");
    assertThat(sql("-o", "csv", "SHOW TABLES").out()).contains("vol_pslist");
  }

  @Test
  void parquetGoesToANewFolderOnly(@TempDir Path target) {
    Path result = target.resolve("result");
    assertThat(sql("-o", "parquet", "--out", result, "SELECT pfn FROM pages").code()).isZero();
    assertThat(TestSpark.session().read().parquet(result.toUri().toString()).count()).isEqualTo(4);
    CommandRun again = sql("-o", "parquet", "--out", result, "SELECT pfn FROM pages");
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("already exists");
    assertThat(sql("-o", "parquet", "SELECT 1").err()).contains("-o parquet needs --out PATH");
  }

  @Test
  void textGoesToANewFileOnly(@TempDir Path target) throws IOException {
    Path result = target.resolve("result.csv");
    assertThat(sql("-o", "csv", "--out", result, "SELECT 1 AS one").out()).isEmpty();
    assertThat(Files.readString(result)).isEqualTo("one\r\n1\r\n");
    assertThat(sql("-o", "csv", "--out", result, "SELECT 1 AS one").code()).isEqualTo(2);
  }

  @Test
  void aFolderWithoutALakeIsAUsageError(@TempDir Path empty) {
    CommandRun run = CommandRun.of("sql", "--lake", empty, "SELECT 1");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).startsWith("memlake: No lake at " + empty);
  }

  private static CommandRun sql(Object... arguments) {
    Object[] all = new Object[arguments.length + 3];
    all[0] = "sql";
    all[1] = "--lake";
    all[2] = folder;
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return CommandRun.of(all);
  }
}
