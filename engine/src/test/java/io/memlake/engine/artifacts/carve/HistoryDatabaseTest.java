package io.memlake.engine.artifacts.carve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.schemas.row.BrowserHistoryRow;
import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A history that sqlite3 itself made, with long and with deleted rows, in the cache of a machine.
 */
class HistoryDatabaseTest {
  private static final String TABLE =
      "CREATE TABLE urls(id INTEGER PRIMARY KEY AUTOINCREMENT,url LONGVARCHAR,title LONGVARCHAR,"
          + "visit_count INTEGER DEFAULT 0 NOT NULL,typed_count INTEGER DEFAULT 0 NOT NULL,"
          + "last_visit_time INTEGER NOT NULL,hidden INTEGER DEFAULT 0 NOT NULL);";

  /** Every 50th address has 9 to 20 KiB: it goes on in up to five further pages. */
  private static final String ROWS =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<1000)"
          + " INSERT INTO urls SELECT i, CASE WHEN i%50=0 THEN"
          + " 'data:text/html,' || i || '-' || substr(hex(zeroblob(5000)),1,9000+i*11)"
          + " ELSE 'https://host' || i || '.example.org/path/' || (i*7919) END,"
          + " 'Title ' || i, i%13, i%5, 13354000000000000+i*1000000, 0 FROM n;";

  /** Single rows, neighbours, and so many in a row that whole pages become free. */
  private static final String DELETED =
      "DELETE FROM urls WHERE id%17=3; DELETE FROM urls WHERE id IN (101,102,103,104);"
          + "DELETE FROM urls WHERE id BETWEEN 400 AND 700;";

  @TempDir static Path folder;

  private static Path database;
  private static byte[] file;
  private static Set<String> all;
  private static Set<String> live;

  @BeforeAll
  static void makeHistory() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/sqlite3")),
        "Skipped: sqlite3 is not installed; .ci/run installs it");
    database = folder.resolve("History");
    sqlite("PRAGMA page_size=4096; PRAGMA secure_delete=0; " + TABLE + ROWS);
    all = listed();
    sqlite("PRAGMA secure_delete=0; " + DELETED);
    live = listed();
    file = Files.readAllBytes(database);
  }

  private static List<String> sqlite(String sql) throws Exception {
    Process process =
        new ProcessBuilder("/usr/bin/sqlite3", database.toString(), sql)
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text.lines().toList();
  }

  private static Set<String> listed() throws Exception {
    return Set.copyOf(sqlite("SELECT id,url,title,visit_count,typed_count FROM urls"));
  }

  @Test
  void liveRowsAreThoseThatSqliteListsWhole() throws IOException {
    List<BrowserHistoryRow> rows = urls(machine().cachedFile(file));

    assertThat(rows.stream().filter(row -> !row.getDeleted()).map(HistoryDatabaseTest::line))
        .containsExactlyInAnyOrderElementsOf(live);
    assertThat(rows).allMatch(BrowserHistoryRow::getWhole);
    assertThat(rows.stream().filter(row -> row.getUrl().length() > 9000)).hasSizeGreaterThan(10);
  }

  @Test
  void deletedRowsAreMarked() throws Exception {
    assertThat(Long.parseLong(sqlite("PRAGMA freelist_count").get(0))).isPositive();

    List<BrowserHistoryRow> deleted =
        urls(machine().cachedFile(file)).stream().filter(BrowserHistoryRow::getDeleted).toList();

    // Of rows in free blocks the number is lost, all else is there.
    Set<String> known =
        all.stream().map(HistoryDatabaseTest::withoutNumber).collect(Collectors.toSet());
    Set<String> alive =
        live.stream().map(HistoryDatabaseTest::withoutNumber).collect(Collectors.toSet());
    Set<String> found =
        deleted.stream()
            .map(row -> withoutNumber(line(row)))
            .collect(Collectors.toCollection(HashSet::new));
    assertThat(known).containsAll(found);
    // Rows that were moved when pages were joined are on the old page, too.
    found.removeAll(alive);
    assertThat(found).hasSizeGreaterThan(250);
    assertThat(deleted).anyMatch(row -> row.getRowId() == 0).anyMatch(row -> row.getRowId() == 451);
    assertThat(found)
        .contains(withoutNumber("102|https://host102.example.org/path/807738|Title 102|11|2"));
  }

  @Test
  void withoutTheFileAroundThemLongAddressesAreCut() throws IOException {
    List<BrowserHistoryRow> rows = urls(machine().looseFile(file));

    assertThat(rows.stream().filter(row -> !row.getWhole()))
        .hasSizeGreaterThan(10)
        .allMatch(row -> row.getUrl().startsWith("data:text/html,"));
    // Nothing says of a loose page that it is a free one.
    assertThat(rows.stream().filter(row -> row.getRowId() == 451))
        .allMatch(row -> !row.getDeleted());
  }

  private static String line(BrowserHistoryRow row) {
    return row.getRowId()
        + "|"
        + row.getUrl()
        + "|"
        + row.getTitle()
        + "|"
        + row.getVisitCount()
        + "|"
        + row.getTypedCount();
  }

  private static String withoutNumber(String line) {
    return line.substring(line.indexOf('|'));
  }

  private static List<BrowserHistoryRow> urls(MachineBuilder machine) throws IOException {
    return CarvedAnalysis.rows(machine, BrowserHistoryRow.class).stream()
        .filter(row -> row.getRecordType().equals("url"))
        .toList();
  }

  private static MachineBuilder machine() {
    return SyntheticMachine.windows(19041).seed(41).standardProcesses();
  }
}
