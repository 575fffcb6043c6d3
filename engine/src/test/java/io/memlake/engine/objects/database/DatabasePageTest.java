package io.memlake.engine.objects.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.engine.image.SampleData;
import io.memlake.testdata.trace.SqliteWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabasePageTest {
  @TempDir private Path folder;

  @Test
  void valuesOfAllTypesComeBack() {
    byte[] page =
        new SqliteWriter(4096)
            .table(
                "t",
                "CREATE TABLE t(a,b,c)",
                List.of(values(null, "text é", -5L), values(1L, "", 2L)))
            .leaves()
            .get(0);

    List<DatabaseRow> rows = DatabasePage.rows(page, page.length).orElseThrow();

    assertThat(rows).hasSize(2).allMatch(DatabaseRow::whole);
    assertThat(rows.get(0).values()).containsExactly(null, "text é", -5L);
    assertThat(rows.get(1).rowId()).isEqualTo(2);
  }

  /** Every leaf of a real database against what sqlite3 itself says. */
  @Test
  void aRealDatabaseHasTheRowsThatItsOwnProgramLists() throws Exception {
    byte[] file = Files.readAllBytes(SampleData.file("registry/yarp/SqliteFragment.sqlite"));
    Path copy = folder.resolve("copy.sqlite");
    Files.write(copy, file);
    List<String> tables = sqlite(copy, "SELECT name FROM sqlite_master WHERE type='table'");

    long expected = 0;
    for (String table : tables) {
      expected += Long.parseLong(sqlite(copy, "SELECT count(*) FROM \"" + table + "\"").get(0));
    }

    int size = (file[16] & 0xFF) << 8 | (file[17] & 0xFF);
    List<DatabaseRow> rows = new ArrayList<>();
    for (int at = size; at < file.length; at += size) {
      byte[] page = Arrays.copyOfRange(file, at, at + size);
      DatabasePage.rows(page, page.length).ifPresent(rows::addAll);
    }
    assertThat(rows).isNotEmpty().hasSizeGreaterThanOrEqualTo((int) expected);
  }

  @Test
  void damagedPagesEndWell() {
    byte[] page =
        new SqliteWriter(4096)
            .table("t", "CREATE TABLE t(a,b)", List.of(values(1L, "one"), values(2L, "two")))
            .leaves()
            .get(0);
    List<DatabaseRow> live = DatabasePage.rows(page, page.length).orElseThrow();
    SplittableRandom random = new SplittableRandom(8);
    for (int round = 0; round < 2000; round++) {
      byte[] damaged = page.clone();
      for (int i = 0; i < 6; i++) {
        damaged[random.nextInt(16)] = (byte) random.nextInt(256);
        damaged[damaged.length - 1 - random.nextInt(40)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(damaged.length);
      DatabasePage.rows(damaged, length);
      DatabasePage.rows(damaged, damaged.length);
      FreeCells.rows(damaged, damaged.length, live);
    }
  }

  private static Object[] values(Object... values) {
    return values;
  }

  private static List<String> sqlite(Path file, String sql) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder("sqlite3", file.toString(), sql).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "Skipped: sqlite3 is not installed");
      return List.of();
    }
    try (InputStream out = process.getInputStream()) {
      String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(text).isZero();
      return text.lines().toList();
    }
  }
}
