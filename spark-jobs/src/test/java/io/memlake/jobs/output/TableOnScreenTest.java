package io.memlake.jobs.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableOnScreenTest {
  private static final List<ResultColumn> COLUMNS =
      List.of(
          ResultColumn.plain("severity"),
          ResultColumn.plain("pid"),
          ResultColumn.plain("name"),
          ResultColumn.plain("command_line"));

  @Test
  void linesFitTheScreenAndNumbersStayWhole() throws IOException {
    List<String> lines = write(new Screen(50, false));
    assertThat(lines).allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(50));
    assertThat(lines.get(2)).contains("1234567890").contains("…");
    assertThat(lines.get(0)).startsWith("severity         pid");
  }

  @Test
  void wideCharactersKeepColumnsInLine() throws IOException {
    List<String> lines = write(new Screen(0, false));
    assertThat(TextWidth.of(lines.get(2).substring(0, lines.get(2).indexOf("powershell"))))
        .isEqualTo(lines.get(3).indexOf("cmd"));
  }

  @Test
  void gravityIsColouredOnlyWhereColoursAreWanted() throws IOException {
    assertThat(write(new Screen(0, true)).get(2)).startsWith("\u001b[1;97;41mcritical\u001b[0m");
    assertThat(write(new Screen(0, true)).get(0)).startsWith("\u001b[1mseverity");
    assertThat(String.join("", write(new Screen(80, false)))).doesNotContain("\u001b");
    assertThat(Screen.ofOutput()).isEqualTo(Screen.NONE);
  }

  @Test
  void namesCannotBringColoursOfTheirOwn() throws IOException {
    assertThat(write(new Screen(0, true)).get(3)).contains("\\x1b[31m");
  }

  private static List<String> write(Screen screen) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    try (ResultWriter writer = OutputFormat.TABLE.writer(out, COLUMNS, 160, false, screen)) {
      writer.row(List.of("critical", 1234567890, "進程.exe", "powershell -nop " + "x".repeat(90)));
      writer.row(Arrays.asList("low", 4, "a\u001b[31m", "cmd"));
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
