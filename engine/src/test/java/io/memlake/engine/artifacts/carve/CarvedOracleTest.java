package io.memlake.engine.artifacts.carve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.engine.image.SampleData;
import io.memlake.schemas.row.EvtxRow;
import io.memlake.schemas.row.LnkRow;
import io.memlake.schemas.row.PrefetchRow;
import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.trace.EventLogWriter;
import io.memlake.testdata.trace.PrefetchWriter;
import io.memlake.testdata.trace.ShortcutWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is carved out of a machine against what programs of Debian (libevtx-utils, libscca-utils,
 * liblnk-utils) say about the same files: real ones, and those that are made for tests, so that
 * writer and reader cannot share a mistake.
 */
class CarvedOracleTest {
  private static final Instant TIME = Instant.parse("2024-03-05T13:01:10Z");

  @TempDir private Path folder;

  @Test
  void eventsHaveTheNumbersThatEvtxexportLists() throws Exception {
    byte[] made =
        new EventLogWriter("Log", "Provider", "WS1")
            .event(4104, TIME, Map.of("Name", "one"))
            .event(1116, TIME, Map.of("Name", "two"))
            .toByteArray();
    byte[] real = Files.readAllBytes(SampleData.file("evtx/new-user-security.evtx"));

    for (byte[] log : List.of(made, real)) {
      String text = run("/usr/bin/evtxexport", log);
      List<String> expected =
          values(text, "Event number\\s*: (\\d+)(?s:.*?)Event identifier\\s*: 0x\\w+ \\((\\d+)\\)");

      assertThat(expected).isNotEmpty();
      // What an earlier use of the chunk left behind its records is not listed by evtxexport.
      assertThat(
              CarvedAnalysis.rows(machine().cachedFile(log), EvtxRow.class).stream()
                  .filter(row -> row.getOrigin().equals("chunk"))
                  .map(row -> row.getRecordId() + " " + row.getEventId()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void prefetchFilesHaveTheNamesThatSccainfoLists() throws Exception {
    byte[] made =
        PrefetchWriter.compress(
            PrefetchWriter.write("A.EXE", 0x1234, List.of(TIME), List.of("\\A.EXE", "\\B.DLL")));
    byte[] real = Files.readAllBytes(SampleData.file("prefetch/PING.EXE-B29F6629.pf"));

    for (byte[] file : List.of(made, real)) {
      String text = run("/usr/bin/sccainfo", file);
      PrefetchRow row = CarvedAnalysis.rows(machine().cachedFile(file), PrefetchRow.class).get(0);

      assertThat(values(text, "Executable filename\\s*: (.*)"))
          .containsExactly(row.getExecutable());
      assertThat(values(text, "Run count\\s*: (\\d+)"))
          .containsExactly(String.valueOf(row.getRunCount()));
      assertThat(values(text, "Filename: \\d+\\s*: (.*)")).isEqualTo(row.getFiles());
    }
  }

  @Test
  void linksHaveTheTargetThatLnkinfoTells() throws Exception {
    byte[] link = ShortcutWriter.write("C:\\Windows\\cmd.exe", "/c whoami", "WS-ALICE", TIME);
    String text = run("/usr/bin/lnkinfo", link);
    LnkRow row = CarvedAnalysis.rows(machine().cachedFile(link), LnkRow.class).get(0);

    assertThat(values(text, "Local path\\s*: (.*)")).containsExactly(row.getTarget());
    assertThat(values(text, "Command line arguments\\s*: (.*)"))
        .containsExactly(row.getArguments());
    assertThat(values(text, "Machine identifier\\s*: (.*)")).containsExactly(row.getMachine());
  }

  private String run(String program, byte[] content) throws Exception {
    assumeTrue(Files.isExecutable(Path.of(program)), "Skipped: " + program + " is not installed");
    Path file = Files.write(folder.resolve("file"), content);
    Process process =
        new ProcessBuilder(program, file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return text;
  }

  /** The groups of every match, with blanks between them. */
  private static List<String> values(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher
        .results()
        .map(
            found ->
                Stream.iterate(1, group -> group + 1)
                    .limit(found.groupCount())
                    .map(found::group)
                    .map(String::strip)
                    .reduce((one, other) -> one + " " + other)
                    .orElse(""))
        .toList();
  }

  private static MachineBuilder machine() {
    return SyntheticMachine.windows(19041).seed(15).standardProcesses();
  }
}
