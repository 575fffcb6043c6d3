package io.memlake.jobs.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultWriterTest {

  private static final List<ResultColumn> COLUMNS =
      List.of(
          ResultColumn.plain("pid"), ResultColumn.plain("name"), new ResultColumn("base", true));

  @Test
  void tablesAlignColumnsAndPrintAddressesAsHex() throws IOException {
    assertThat(write(OutputFormat.TABLE, List.of(4, "System", 0xFFFFF8047BA00000L)))
        .isEqualTo(
            """
            pid  name                  base
            ---  ------  ------------------
              4  System  0xfffff8047ba00000
            """);
  }

  @Test
  void tablesWithoutRowsStillShowTheirColumns() throws IOException {
    assertThat(write(OutputFormat.TABLE))
        .isEqualTo(
            """
            pid  name  base
            ---  ----  ----
            """);
  }

  @Test
  void controlCharactersDoNotReachTheTerminal() throws IOException {
    String name = "a\u001b[31m\r\nb\u202Ec\u0085\u0000";
    assertThat(write(OutputFormat.TABLE, Arrays.asList(1, name, null)))
        .contains("a\\x1b[31m\\x0d\\x0ab\\u202ec\\x85\\x00")
        .doesNotContain("\u001b", "\r", "\u202E", "\u0085", "\u0000");
  }

  @Test
  void cellsOfSixteenKibibytesAreCutInTablesOnly() throws IOException {
    String name = "x".repeat(16384);
    assertThat(write(OutputFormat.TABLE, Arrays.asList(1, name, null)).lines())
        .allMatch(line -> line.length() < 120)
        .anyMatch(line -> line.contains("xxx…"));
    assertThat(write(OutputFormat.CSV, Arrays.asList(1, name, null))).contains(name);
    assertThat(write(OutputFormat.JSONL, Arrays.asList(1, name, null))).contains(name);
  }

  @Test
  void csvQuotesWhatRfc4180AsksFor() throws IOException {
    assertThat(write(OutputFormat.CSV, Arrays.asList(1, "a \"b\", c\r\nd", null)))
        .isEqualTo("pid,name,base\r\n1,\"a \"\"b\"\", c\r\nd\",\r\n");
  }

  @Test
  void csvDisarmsFormulasWhenAsked() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (ResultWriter writer = OutputFormat.CSV.writer(out, COLUMNS, 100, true)) {
      writer.row(Arrays.asList(-1, "=cmd|' /C calc'!A0", null));
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("\r\n-1,'=cmd|' /C calc'!A0,\r\n");
  }

  @Test
  void jsonEscapesMarkupAndControlCharacters() throws IOException {
    assertThat(
            write(OutputFormat.JSONL, Arrays.asList(1, "<script>&\u0007\"", null), row(2, "b", 3L)))
        .isEqualTo(
            """
            {"pid":1,"name":"\\u003Cscript\\u003E\\u0026\\u0007\\"","base":null}
            {"pid":2,"name":"b","base":3}
            """);
  }

  @Test
  void jsonIsOneDocument() throws IOException {
    assertThat(write(OutputFormat.JSON)).isEqualTo("[]\n");
    assertThat(write(OutputFormat.JSON, row(1, "a", 1L), row(2, "b", 2L)))
        .isEqualTo(
            """
            [
            {"pid":1,"name":"a","base":1},
            {"pid":2,"name":"b","base":2}
            ]
            """);
  }

  private static List<?> row(Object... values) {
    return Arrays.asList(values);
  }

  private static String write(OutputFormat format, List<?>... rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (ResultWriter writer = format.writer(out, COLUMNS, 100, false)) {
      for (List<?> row : rows) {
        writer.row(row);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
