package io.memlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.lake.TestRows;
import io.memlake.jobs.session.PlainHadoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MemlakeTest {

  @Test
  void helpIsThereForEveryCommand() {
    CommandRun top = CommandRun.of("--help");
    assertThat(top.code()).isZero();
    assertThat(top.out()).contains("Usage: memlake").contains("Exit codes: 0 ok");
    for (String command :
        new CommandLine(new Memlake(), new NoConsole()).getSubcommands().keySet()) {
      CommandRun run = CommandRun.of(command, "--help");
      assertThat(run.code()).as(command).isZero();
      assertThat(run.out()).as(command).contains("Usage: memlake " + command);
    }
  }

  @Test
  void versionNamesTheTool() {
    CommandRun run = CommandRun.of("--version");
    assertThat(run.code()).isZero();
    assertThat(run.out()).startsWith("memlake ").contains("Spark 4").contains("Java ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "--nonsense",
        "tables",
        "tables --lake x --nonsense",
        "tables --lake x one two",
        "sql --lake x -o xml SELECT",
        "sql --lake x"
      })
  void wrongCommandLinesAreUsageErrorsWithoutStackTrace(String line) {
    CommandRun run = CommandRun.of((Object[]) line.split(" "));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("memlake: ").doesNotContain("\tat ");
  }

  @Test
  void noCommandShowsTheUsageAndIsAnError() {
    CommandRun run = CommandRun.of();
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Usage: memlake");
  }

  @Test
  void tablesAndStatusTellWhatTheLakeHolds(@TempDir Path folder) throws IOException {
    try (LakeWriter lake = LakeWriter.open(folder.toString(), PlainHadoop.configuration())) {
      lake.publish(
          TestRows.manifest("WS01", "run1", HostManifest.OK),
          TestRows.stage(lake, "run1", "WS01", List.of(TestRows.page("WS01", "run1", 1))));
    }
    assertThat(CommandRun.of("tables", "--lake", folder, "-o", "csv").lines())
        .anyMatch(line -> line.startsWith("pages,1,"))
        .anyMatch(line -> line.startsWith("vol_pslist,,"));
    assertThat(CommandRun.of("tables", "--lake", folder, "pages", "-o", "csv").lines())
        .anyMatch(line -> line.startsWith("page_hash,bigint,"));
    assertThat(CommandRun.of("tables", "--lake", folder, "nope").err())
        .contains("No table nope; there are: ");
    assertThat(CommandRun.of("status", "--lake", folder, "-o", "csv").lines())
        .anyMatch(line -> line.startsWith("host,WS01,default,ok,"));
  }

  /** Makes commands without a console, to list their names only. */
  private static final class NoConsole implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      try {
        return type.getDeclaredConstructor(Console.class).newInstance((Console) null);
      } catch (NoSuchMethodException e) {
        return CommandLine.defaultFactory().create(type);
      }
    }
  }
}
