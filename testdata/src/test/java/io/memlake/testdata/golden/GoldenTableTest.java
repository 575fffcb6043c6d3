package io.memlake.testdata.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenTableTest {

  @TempDir Path folder;

  private static GoldenTable read(String lines) throws IOException {
    return GoldenTable.readJsonLines(
        new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void rowsMatchWithoutOrderAndWithAnyWidthOfNumbers() throws IOException {
    GoldenTable expected = read("{\"a\":1,\"b\":\"x\"}\n{\"a\":2,\"b\":null}\n");
    GoldenTable actual = GoldenTable.of(List.of(row("a", 2L, "b", null), row("a", 1, "b", "x")));

    assertThat(expected.differencesTo(actual)).isEmpty();
  }

  private static Map<String, Object> row(String a, Object x, String b, Object y) {
    Map<String, Object> row = new java.util.HashMap<>();
    row.put(a, x);
    row.put(b, y);
    return row;
  }

  @Test
  void addressesWithoutSignMatchAddressesWithSign() throws IOException {
    GoldenTable expected = read("{\"at\":18446738026408452304}");

    assertThat(expected.differencesTo(GoldenTable.of(List.of(Map.of("at", -6047301099312L)))))
        .isEmpty();
  }

  @Test
  void equalRowsAreCounted() throws IOException {
    GoldenTable twice = read("{\"a\":1}\n{\"a\":1}\n");
    GoldenTable once = read("{\"a\":1}\n");

    assertThat(twice.differencesTo(once)).isEqualTo("missing    {\"a\":1}\n");
    assertThat(once.differencesTo(twice)).isEqualTo("unexpected {\"a\":1}\n");
  }

  @Test
  void aFailedCheckShowsTheDifferences() throws IOException {
    assertThatThrownBy(() -> read("{\"a\":1}").check(read("{\"a\":2}")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("missing    {\"a\":2}")
        .hasMessageContaining("unexpected {\"a\":1}");
  }

  @Test
  void onlySelectedColumnsAreCompared() throws IOException {
    assertThat(
            read("{\"a\":1,\"__children\":[]}")
                .select("a", "c")
                .differencesTo(read("{\"a\":1,\"c\":null}")))
        .isEmpty();
  }

  @Test
  void aFileIsComparedOrWritten() throws IOException {
    Path file = folder.resolve("table.jsonl");
    Files.writeString(file, "{\"a\":1}\n");
    GoldenTable changed = read("{\"a\":2}");

    assertThatThrownBy(() -> changed.check(file))
        .hasMessageContaining("table.jsonl")
        .hasMessageContaining("-Dgolden.update=true");
    System.setProperty(GoldenTable.UPDATE_PROPERTY, "true");
    try {
      changed.check(file);
    } finally {
      System.clearProperty(GoldenTable.UPDATE_PROPERTY);
    }
    changed.check(file);
  }
}
