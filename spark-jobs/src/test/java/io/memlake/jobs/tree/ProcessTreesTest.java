package io.memlake.jobs.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.output.ResultColumn;
import io.memlake.jobs.output.Screen;
import io.memlake.jobs.output.TextWidth;
import io.memlake.jobs.panels.PanelAnswer;
import io.memlake.jobs.panels.PanelAnswer.State;
import io.memlake.jobs.panels.Panels;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProcessTreesTest {
  private static final Instant EARLY = Instant.parse("2024-03-05T05:00:00Z");
  private static final Instant LATE = Instant.parse("2024-03-05T06:00:00Z");

  @Test
  void processesStandUnderThoseThatStartedThem() {
    assertThat(
            draw(
                Screen.NONE,
                List.of(
                    row("WS01", 4, 0, "System", EARLY, ""),
                    row("WS01", 300, 4, "smss.exe", EARLY, ""),
                    row("WS01", 500, 300, "evil\u001b[2J.exe", LATE, "unusual parent;ended;"),
                    row("WS01", 400, 4, "Registry", LATE, ""))))
        .containsExactly(
            "WS01  4 processes, 1 odd",
            "System 4  2024-03-05 05:00:00",
            "├─ smss.exe 300  2024-03-05 05:00:00",
            "│  └─ evil\\x1b[2J.exe 500  ! unusual parent  2024-03-05 06:00:00",
            "└─ Registry 400  2024-03-05 06:00:00");
  }

  @Test
  void anIdThatWasUsedAgainIsNoParent() {
    assertThat(
            draw(
                Screen.NONE,
                List.of(
                    row("WS01", 300, 8, "old.exe", EARLY, ""),
                    row("WS01", 8, 4, "younger.exe", LATE, ""))))
        .containsExactly(
            "WS01  2 processes",
            "old.exe 300  2024-03-05 05:00:00",
            "younger.exe 8  2024-03-05 06:00:00");
  }

  @Test
  void ringsAndDeepChainsOfForgedProcessesEnd() {
    assertThat(
            draw(
                Screen.NONE,
                List.of(
                    row("WS01", 8, 12, "a.exe", EARLY, ""),
                    row("WS01", 12, 8, "b.exe", EARLY, ""))))
        .hasSize(3);
    List<List<Object>> chain = new ArrayList<>();
    for (int pid = 1; pid <= 3000; pid++) {
      chain.add(row("WS01", pid, pid - 1, "p.exe", EARLY, ""));
    }
    assertThat(draw(new Screen(80, false), chain))
        .hasSize(3001)
        .allSatisfy(line -> assertThat(TextWidth.of(line)).isLessThanOrEqualTo(80));
  }

  private static List<String> draw(Screen screen, List<List<Object>> rows) {
    List<ResultColumn> columns =
        Stream.of("host", "pid", "ppid", "image_file_name", "create_time", "oddities")
            .map(ResultColumn::plain)
            .toList();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new ProcessTrees(new PrintStream(bytes, true, StandardCharsets.UTF_8), screen)
        .draw(
            new PanelAnswer(
                Panels.find("process_tree").orElseThrow(),
                State.ROWS,
                "",
                columns,
                rows,
                false,
                0));
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }
}
