package io.memlake.jobs.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.Truth;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of kernels that nobody knows, and of processes that attack whoever reads of them. */
class HostileImageTest {
  private static final long RAM = 64L << 20;

  /** Clears the screen, sets the title of the terminal, ends a line and a cell, opens a script. */
  private static final String NASTY =
      "\u001b[2J\u001b]0;owned\u0007\r\n\t\",'=cmd|' /C calc'!A0<script>alert(1)</script>\u202e";

  @TempDir Path folder;

  private Path image;

  @BeforeAll
  static void startSpark() {
    assertThat(TestSpark.session()).isNotNull();
  }

  @BeforeEach
  void nameTheImage() {
    image = folder.resolve("WS01.raw");
  }

  @Test
  void anUpdateWithoutSymbolsIsReadWithLayoutsCalibratedOnItAndSaysSo() throws IOException {
    Truth truth = write();
    String unknown = replaceGuid(truth);
    CommandRun run = CommandRun.analyze(lake(), image);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(rows("SELECT kernel_pdb_guid, kernel_base, nt_build, symbol_source FROM hosts"))
        .singleElement()
        .asString()
        .startsWith(
            unknown
                + ","
                + truth.host().kernelBase()
                + ",19041,\"calibrated on the image from layouts of ");
    assertThat(
            rows(
                "SELECT exists(confidence_reasons, r -> contains(r, 'no symbols for') AND contains(r, '"
                    + unknown
                    + "')), confidence < 90 FROM hosts"))
        .containsExactly("true,true");
    assertThat(rows("SELECT pid FROM processes ORDER BY pid"))
        .containsExactlyElementsOf(
            truth.processes().stream()
                .map(ProcessTruth::pid)
                .sorted()
                .map(String::valueOf)
                .toList());
  }

  @Test
  void aBuildThatNobodyKnowsIsReadWithWhatItsImageProves() throws IOException {
    Truth truth = write();
    String unknown = replaceGuid(truth);
    replaceBuild(31337);
    CommandRun run = CommandRun.analyze(lake(), image);
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(rows("SELECT kernel_pdb_guid, kernel_base, nt_build FROM hosts"))
        .containsExactly(unknown + "," + truth.host().kernelBase() + ",31337");
    assertThat(rows("SELECT symbol_source FROM hosts"))
        .singleElement()
        .asString()
        .contains("calibrated on the image");
    assertThat(rows("SELECT count(*) FROM pages WHERE layer = 'physical'"))
        .containsExactly(Long.toString(RAM >> 12));
    assertThat(rows("SELECT pid FROM processes ORDER BY pid"))
        .containsExactlyElementsOf(
            truth.processes().stream()
                .map(ProcessTruth::pid)
                .sorted()
                .map(String::valueOf)
                .toList());
  }

  @Test
  void namesThatAttackTerminalsSheetsAndPagesComeOutEscaped() throws IOException {
    String longest = NASTY + "A".repeat((16 << 10) - NASTY.length() - 1) + "Z";
    SyntheticMachine machine =
        SyntheticMachine.windows(19041)
            .seed(6)
            .ram(RAM)
            .standardProcesses()
            .process("<b>\u001b[31m.exe", process -> process.parent("explorer.exe"))
            .process("evil.exe", process -> process.parent("explorer.exe").commandLine(longest))
            .build();
    RawWriter.writePadded(machine, image);
    CommandRun run = CommandRun.analyze(lake(), image);
    assertThat(run.code()).as(run.err()).isZero();
    printable(run.err());

    String query = "SELECT command_line FROM processes WHERE image_file_name = 'evil.exe'";
    CommandRun table = sql("table", query);
    assertThat(table.out()).contains("\\x1b[2J").contains("\\x07").contains("\\x0d\\x0a");
    printable(table.out());
    CommandRun name = sql("table", "SELECT image_file_name FROM processes WHERE pid > 0");
    assertThat(name.out()).contains("<b>\\x1b[31m.exe");
    printable(name.out());

    CommandRun json = sql("jsonl", query);
    assertThat(json.out())
        .contains("\\u001B[2J")
        .contains("\\u202E")
        .contains("\\u003Cscript\\u003E")
        .doesNotContain("<script>")
        .hasSizeGreaterThan(16 << 10);
    printable(json.out());
    // A machine reads commas and quotes, so the text is there as it is, between quotes.
    CommandRun csv = sql("csv", query);
    assertThat(csv.out())
        .contains("\"" + NASTY.replace("\"", "\"\"").substring(0, 12))
        .contains("AZ\"");
    assertThat(
            rows("SELECT length(command_line) FROM processes WHERE image_file_name = 'evil.exe'"))
        .containsExactly(Integer.toString(16 << 10));
  }

  /** Nothing in it moves the cursor, rings or turns the text round. */
  private static void printable(String text) {
    assertThat(text.chars().filter(c -> c != '\n' && (Character.isISOControl(c) || c == 0x202e)))
        .isEmpty();
  }

  private Truth write() throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(19041).seed(6).ram(RAM).standardProcesses().build();
    RawWriter.writePadded(machine, image);
    return machine.truth();
  }

  /** Puts another first number into every record that names the kernel's PDB. */
  private String replaceGuid(Truth truth) throws IOException {
    String guid = truth.host().kernel().pdbGuid();
    ByteBuffer record = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    record.put("RSDS".getBytes(StandardCharsets.US_ASCII));
    record.putInt((int) Long.parseLong(guid.substring(0, 8), 16));
    record.putShort((short) Integer.parseInt(guid.substring(8, 12), 16));
    record.putShort((short) Integer.parseInt(guid.substring(12, 16), 16));
    for (int i = 16; i < 32; i += 2) {
      record.put((byte) Integer.parseInt(guid.substring(i, i + 2), 16));
    }
    byte[] wanted = record.array();
    byte[] bytes = Files.readAllBytes(image);
    int found = 0;
    for (int at = 0; at <= bytes.length - wanted.length; at += 4) {
      if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at + 4, 0xFEEDFACE);
        found++;
      }
    }
    assertThat(found).isPositive();
    Files.write(image, bytes);
    return "FEEDFACE" + guid.substring(8);
  }

  /** Puts another build into the page that the kernel shares with processes. */
  private void replaceBuild(int build) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(image)).order(ByteOrder.LITTLE_ENDIAN);
    int found = 0;
    for (int page = 0; page < bytes.capacity(); page += 4096) {
      // KUSER_SHARED_DATA: NtBuildNumber, NtMajorVersion.
      if (bytes.getInt(page + 0x260) == 19041 && bytes.getInt(page + 0x26C) == 10) {
        bytes.putInt(page + 0x260, build);
        found++;
      }
    }
    assertThat(found).isPositive();
    Files.write(image, bytes.array());
  }

  private CommandRun sql(String format, String query) {
    CommandRun run = CommandRun.of("sql", "--lake", lake(), "-o", format, query);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private List<String> rows(String query) {
    return CommandRun.rows(lake(), query);
  }

  private Path lake() {
    return folder.resolve("lake");
  }
}
