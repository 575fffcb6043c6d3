package io.memlake.engine.artifacts.carve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.schemas.row.MftRow;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A volume that ntfs-3g makes lies in memory, page by page anywhere: the rows of its file table
 * equal what the Sleuth Kit says of the volume.
 */
class SleuthKitTest {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
  private static final int VOLUME = 8 << 20;
  private static final int FILES = 40;
  private static final int ROOT = 5;

  /**
   * mkntfs gives it times of zero, which are none; the Sleuth Kit turns them into the year 2076.
   */
  private static final int WITHOUT_TIMES = 0;

  private static final Set<Integer> SET_ASIDE = Set.of(16, 17, 18, 19, 20, 21, 22, 23);

  @TempDir static Path folder;

  private static Path volume;

  /** One row a record and name. */
  private static List<MftRow> rows;

  @BeforeAll
  static void makeVolume() throws Exception {
    for (String tool : List.of("/usr/sbin/mkntfs", "/usr/sbin/ntfscp")) {
      assumeTrue(
          Files.isExecutable(Path.of(tool)),
          "Skipped: " + tool + " is not installed; .ci/run installs ntfs-3g");
    }
    for (String tool : List.of("fls", "istat", "ils")) {
      assumeTrue(
          Files.isExecutable(Path.of("/usr/bin", tool)),
          "Skipped: " + tool + " is not installed; .ci/run installs sleuthkit");
    }
    volume = folder.resolve("volume");
    try (RandomAccessFile file = new RandomAccessFile(volume.toFile(), "rw")) {
      file.setLength(VOLUME);
    }
    run("/usr/sbin/mkntfs", "-F", "-Q", "-q", "-s", "512", "-c", "4096", volume.toString());
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < FILES; i++) {
      byte[] content = new byte[i % 3 == 0 ? 100 : 3000 * i];
      random.nextBytes(content);
      Path file = Files.write(folder.resolve("content"), content);
      String name = i % 4 == 0 ? "kurz" + i : "ein längerer Name \u4e2d " + i + ".txt";
      copy("-q", "-f", volume.toString(), file.toString(), name);
      if (i % 5 == 0) {
        copy("-q", "-f", "-N", "zone" + i, volume.toString(), file.toString(), name);
      }
    }
    rows =
        CarvedAnalysis.rows(
            SyntheticMachine.windows(19041)
                .seed(31)
                .standardProcesses()
                .looseFile(Files.readAllBytes(volume)),
            MftRow.class);
    rows = rows.stream().filter(row -> "file".equals(row.getRecordType())).toList();
  }

  private static void copy(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/usr/sbin/ntfscp"));
    command.addAll(List.of(arguments));
    run(command.toArray(String[]::new));
  }

  private static List<String> run(String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
    return text.lines().toList();
  }

  @Test
  void namesPathsAndTimesAreThoseOfFls() throws Exception {
    TreeSet<String> expected = new TreeSet<>();
    TreeSet<String> streams = new TreeSet<>();
    for (String line : run("/usr/bin/fls", "-r", "-p", "-l", "-z", "UTC", volume.toString())) {
      String[] cells = line.replace(" (UTC)", "").split("\t", -1);
      String number = cells[0].substring(cells[0].indexOf(' ') + 1).split("[-:]", -1)[0];
      if (line.contains("$OrphanFiles") || number.equals("" + WITHOUT_TIMES)) {
        continue;
      }
      String[] path = cells[1].split(":", -1);
      expected.add(String.join("|", number, path[0], cells[2], cells[3], cells[4], cells[5]));
      if (path.length > 1 && path[1].startsWith("zone")) {
        streams.add(number + "|" + path[1]);
      }
    }

    assertThat(
            rows.stream()
                .filter(row -> row.getInUse() && row.getName() != null)
                .filter(row -> row.getRecordNumber() != ROOT)
                .filter(row -> row.getRecordNumber() != WITHOUT_TIMES)
                .map(
                    row ->
                        String.join(
                            "|",
                            row.getRecordNumber().toString(),
                            row.getPath().substring(1).replace('\\', '/'),
                            SECONDS.format(row.getSiModified()),
                            SECONDS.format(row.getSiAccessed()),
                            SECONDS.format(row.getSiChanged()),
                            SECONDS.format(row.getSiCreated())))
                .collect(Collectors.toSet()))
        .isEqualTo(expected)
        .hasSizeGreaterThan(FILES + 10);
    assertThat(
            rows.stream()
                .filter(row -> row.getStreams() != null)
                .flatMap(
                    row ->
                        row.getStreams().stream()
                            .filter(name -> name.startsWith("zone"))
                            .map(name -> row.getRecordNumber() + "|" + name.split(":", -1)[0]))
                .collect(Collectors.toSet()))
        .isEqualTo(streams)
        .hasSize(FILES / 5);
  }

  @Test
  void everyRecordIsWhatIstatSays() throws Exception {
    Map<Long, MftRow> byNumber = new TreeMap<>();
    rows.stream()
        .filter(row -> row.getName() != null)
        .filter(row -> row.getRecordNumber() != WITHOUT_TIMES)
        .forEach(row -> byNumber.putIfAbsent(row.getRecordNumber(), row));
    assertThat(byNumber).hasSizeGreaterThan(FILES + 10);
    for (MftRow row : byNumber.values()) {
      String number = row.getRecordNumber().toString();
      List<String> told = run("/usr/bin/istat", "-z", "UTC", volume.toString(), number);
      assertThat(told.get(1)).endsWith("Sequence: " + row.getSequence());
      assertThat(told).contains("$LogFile Sequence Number: " + row.getLogSequenceNumber());
      assertThat(told).contains((row.getInUse() ? "Allocated " : "Not Allocated ") + kind(row));
      assertThat(told).contains("Links: " + row.getHardLinks());
      assertThat(told).contains("Name: " + row.getName());
      assertThat(told.stream().filter(line -> line.startsWith("Parent MFT Entry")))
          .anyMatch(
              line ->
                  line.matches(
                      "Parent MFT Entry: "
                          + row.getParentRecord()
                          + "\\s+Sequence: "
                          + row.getParentSequence()));
      // Twice four times: of the standard information, then of the name.
      assertThat(times(told))
          .startsWith(
              MICROS.format(row.getSiCreated()),
              MICROS.format(row.getSiModified()),
              MICROS.format(row.getSiChanged()),
              MICROS.format(row.getSiAccessed()),
              MICROS.format(row.getFnCreated()),
              MICROS.format(row.getFnModified()),
              MICROS.format(row.getFnChanged()),
              MICROS.format(row.getFnAccessed()));
    }
  }

  private static String kind(MftRow row) {
    return row.getDirectory() ? "Directory" : "File";
  }

  private static List<String> times(List<String> told) {
    Pattern line =
        Pattern.compile("(?:Created|File Modified|MFT Modified|Accessed):\\s+(.{26})\\d* .*");
    return told.stream().map(line::matcher).filter(Matcher::matches).map(m -> m.group(1)).toList();
  }

  @Test
  void recordsInUseAndFreeOnesAreThoseOfIls() throws Exception {
    TreeSet<String> expected = new TreeSet<>();
    for (String line : run("/usr/bin/ils", "-e", volume.toString())) {
      String[] cells = line.split("\\|", -1);
      // Behind the table the tool adds a folder of orphans that is none of the volume.
      if (cells.length > 10 && cells[0].matches("\\d+") && !cells[8].isEmpty()) {
        boolean orphans = cells[1].equals("a") && cells[7].equals("0");
        // mkntfs leaves the number zero in the records that it sets aside.
        boolean numbered = !SET_ASIDE.contains(Integer.valueOf(cells[0]));
        if (!orphans && numbered && !cells[0].equals("" + WITHOUT_TIMES)) {
          expected.add(String.join("|", cells[0], cells[1], cells[4], cells[7]));
        }
      }
    }

    assertThat(
            rows.stream()
                .filter(row -> row.getRecordNumber() != WITHOUT_TIMES)
                .map(
                    row ->
                        String.join(
                            "|",
                            row.getRecordNumber().toString(),
                            row.getInUse() ? "a" : "f",
                            seconds(row.getSiModified()),
                            seconds(row.getSiCreated())))
                .collect(Collectors.toSet()))
        .isEqualTo(expected)
        .hasSizeGreaterThan(FILES + 20);
  }

  private static String seconds(Instant time) {
    return time == null ? "0" : Long.toString(time.getEpochSecond());
  }
}
