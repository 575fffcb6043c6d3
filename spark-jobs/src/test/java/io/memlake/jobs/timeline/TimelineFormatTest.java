package io.memlake.jobs.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Formats of other tools, with texts that would break them. */
class TimelineFormatTest {
  private static final TimelineEvent EVENT =
      new TimelineEvent(
          Instant.parse("2024-03-05T12:00:00.25Z"),
          "File Modified; File Created",
          "=cmd|' /C \"calc\",\nx",
          "mft",
          "WS-ALICE",
          "7|1",
          4,
          "phys:0x1000");

  @Test
  void timesketchHasItsFieldsAndTextsAreEscaped() throws Exception {
    JsonNode line = new ObjectMapper().readTree(write(TimelineFormat.TIMESKETCH, EVENT).get(0));

    assertThat(line.get("message").asText()).isEqualTo(EVENT.message());
    assertThat(line.get("datetime").asText()).isEqualTo("2024-03-05T12:00:00.250Z");
    assertThat(line.get("timestamp").asLong()).isEqualTo(1_709_640_000_250_000L);
    assertThat(line.get("timestamp_desc").asText()).isEqualTo(EVENT.meaning());
    assertThat(line.get("data_type").asText()).isEqualTo("memory:mft");
  }

  @Test
  void csvCellsAreQuotedAndNoFormulas() {
    assertThat(String.join("\n", write(TimelineFormat.CSV, EVENT)))
        .contains("\"'=cmd|' /C \"\"calc\"\",\nx\",2024-03-05T12:00:00.250Z,");
  }

  @Test
  void bodyfileHasElevenColumnsWhateverIsInTheName() {
    List<String> lines = write(TimelineFormat.BODYFILE, EVENT);

    assertThat(lines).hasSize(1);
    String[] columns = lines.get(0).split("\\|", -1);
    assertThat(columns).hasSize(11);
    assertThat(columns[8]).isEqualTo("1709640000");
    assertThat(columns[10]).isEqualTo("1709640000");
    assertThat(columns[7]).isEqualTo("0");
  }

  @Test
  void mactimeOfTheSleuthKitReadsTheBodyfile(@TempDir Path folder) throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/mactime")),
        "Skipped: mactime is not installed; .ci/run installs sleuthkit");
    Path file = Files.write(folder.resolve("body"), write(TimelineFormat.BODYFILE, EVENT));
    Process process =
        new ProcessBuilder("/usr/bin/mactime", "-b", file.toString(), "-d", "-y", "-z", "UTC")
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).isZero();
    // Before it comes a row for the times that the event does not have: they are zero.
    assertThat(lines).hasSize(3);
    assertThat(lines.get(2))
        .startsWith("2024-03-05T12:00:00Z,0,m..b,0,0,0,0,")
        .contains("[WS-ALICE mft] File Modified; File Created: =cmd|'");
  }

  @Test
  void logTimelineHasSeventeenColumnsWhateverIsInTheMessage() {
    List<String> lines = write(TimelineFormat.L2TCSV, EVENT);

    assertThat(lines).hasSize(2).allMatch(line -> line.split(",", -1).length == 17);
    assertThat(lines.get(1)).startsWith("03/05/2024,12:00:00,UTC,M..B,MEM,mft,");
  }

  @Test
  void longTextsAreCutBetweenCharacters() throws Exception {
    String text = "\ud83d\ude00".repeat(10_000);
    TimelineEvent event = new TimelineEvent(EVENT.datetime(), "x", text, "mft", "h", "", null, "");

    String message =
        new ObjectMapper()
            .readTree(write(TimelineFormat.TIMESKETCH, event).get(0))
            .get("message")
            .asText();

    assertThat(message.getBytes(StandardCharsets.UTF_8).length).isEqualTo(32_764);
    assertThat(text).startsWith(message);
  }

  private static List<String> write(TimelineFormat format, TimelineEvent event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TimelineWriter writer = format.writer(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    writer.begin();
    writer.event(event);
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
