package io.memlake.engine.artifacts.carve;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.SampleData;
import io.memlake.engine.objects.filerecord.FileEntry;
import io.memlake.engine.objects.filerecord.FileName;
import io.memlake.engine.objects.filerecord.FileRecord;
import io.memlake.engine.objects.filerecord.FileTable;
import io.memlake.engine.objects.prefetch.Prefetch;
import io.memlake.engine.objects.prefetch.PrefetchFile;
import io.memlake.schemas.row.EvtxRow;
import io.memlake.schemas.row.MftRow;
import io.memlake.schemas.row.PrefetchRow;
import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every event log, file table and prefetch file of the samples, in the memory of machines. */
class EverySampleTest {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final int MOSCOW = 3;

  /** A file that is in each folder where the samples are there at all. */
  private static final Map<String, String> KNOWN =
      Map.of("evtx", "system.evtx", "prefetch", "CMD.EXE-087B4001.pf", "ntfs", "unicode.mft");

  @Test
  void allLogsInOneMachineGiveTheRecordsOfTheirFiles() throws Exception {
    MachineBuilder machine = machine();
    List<String> expected = new ArrayList<>();
    TreeSet<Long> ids = new TreeSet<>();
    List<Path> logs = samples("evtx", ".evtx");
    for (Path log : logs) {
      byte[] bytes = Files.readAllBytes(log);
      machine.cachedFile(bytes);
      LogRecords records = LogRecords.of(bytes);
      expected.addAll(records.ofChunks());
      ids.addAll(records.ids());
    }

    List<EvtxRow> rows = CarvedAnalysis.rows(machine, EvtxRow.class);

    assertThat(logs).hasSizeGreaterThan(7);
    assertThat(expected).hasSizeGreaterThan(4000);
    assertThat(rows.stream().filter(row -> row.getOrigin().equals("chunk")).map(LogRecords::line))
        .containsExactlyInAnyOrderElementsOf(expected);
    // One chunk has lost its signature: its records are found one by one, without their templates.
    assertThat(new TreeSet<>(rows.stream().map(EvtxRow::getRecordId).toList())).isEqualTo(ids);
  }

  @Test
  void allPrefetchFilesInOneMachineGiveWhatTheFilesSay() throws Exception {
    MachineBuilder machine = machine();
    List<String> expected = new ArrayList<>();
    for (Path file : samples("prefetch", ".pf")) {
      byte[] bytes = Files.readAllBytes(file);
      machine.cachedFile(bytes);
      Prefetch prefetch = Prefetch.parse(file.toString(), bytes);
      expected.add(
          prefetch.executable()
              + "|"
              + prefetch.hash()
              + "|"
              + prefetch.runCount()
              + "|"
              + prefetch.whole()
              + "|"
              + prefetch.files().stream().map(PrefetchFile::path).toList());
    }

    List<PrefetchRow> rows = CarvedAnalysis.rows(machine, PrefetchRow.class);

    assertThat(expected).hasSizeGreaterThan(7);
    assertThat(
            rows.stream()
                .map(
                    row ->
                        row.getExecutable()
                            + "|"
                            + Integer.parseUnsignedInt(row.getHash(), 16)
                            + "|"
                            + row.getRunCount()
                            + "|"
                            + row.getWhole()
                            + "|"
                            + Objects.requireNonNullElse(row.getFiles(), List.of())))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @TestFactory
  Stream<DynamicTest> everyFileTableGivesItsFilesWithTheirPaths() throws Exception {
    return samples("ntfs", ".mft").stream()
        .map(
            file ->
                DynamicTest.dynamicTest(
                    file.getFileName().toString(),
                    () -> {
                      byte[] table = Files.readAllBytes(file);
                      List<MftRow> rows =
                          CarvedAnalysis.rows(machine().looseFile(table), MftRow.class);
                      assertThat(files(rows)).containsExactlyInAnyOrderElementsOf(files(table));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> rowsHaveThePathsAndTimesThatTheSleuthKitLists() throws Exception {
    return samples("ntfs", ".fls").stream()
        .map(
            listing ->
                DynamicTest.dynamicTest(
                    listing.getFileName().toString(), () -> compareWithListing(listing)));
  }

  private static void compareWithListing(Path listing) throws IOException {
    List<String> lines = Files.readAllLines(listing);
    boolean moscow = lines.get(0).contains("(MSK)");
    ZoneOffset zone = ZoneOffset.ofHours(moscow ? MOSCOW : 0);
    // Number, path, four times; alternate streams are columns of the file's own row.
    TreeSet<String> expected = new TreeSet<>();
    for (String line : lines) {
      String[] cells = line.replace(" (MSK)", "").replace(" (UTC)", "").split("\t", -1);
      String number = cells[0].substring(cells[0].indexOf(' ') + 1).split("-", -1)[0];
      String path = cells[1].replaceFirst(":.*", "");
      if (!line.contains("$OrphanFiles")) {
        expected.add(String.join("|", number, path, cells[2], cells[3], cells[4], cells[5]));
      }
    }
    String name = listing.getFileName().toString().replace(".fls", ".mft");
    byte[] table = Files.readAllBytes(listing.resolveSibling(name));

    List<MftRow> rows = CarvedAnalysis.rows(machine().looseFile(table), MftRow.class);

    TreeSet<String> found = new TreeSet<>();
    for (MftRow row : rows) {
      boolean listed =
          row.getName() != null
              && row.getBaseRecord() == null
              && row.getInUse()
              && row.getPathComplete()
              && row.getRecordNumber() != FileTable.ROOT;
      if (listed) {
        found.add(
            String.join(
                "|",
                row.getRecordNumber().toString(),
                row.getPath().substring(1).replace('\\', '/'),
                time(row.getSiModified(), zone),
                time(row.getSiAccessed(), zone),
                time(row.getSiChanged(), zone),
                time(row.getSiCreated(), zone)));
      }
    }
    assertThat(found).isEqualTo(expected).hasSizeGreaterThan(20);
  }

  private static String time(Instant time, ZoneOffset zone) {
    return SECONDS.format(time.atOffset(zone));
  }

  private static List<String> files(List<MftRow> rows) {
    return rows.stream()
        .filter(row -> "file".equals(row.getRecordType()))
        .filter(row -> row.getName() != null && row.getBaseRecord() == null)
        .map(row -> row.getRecordNumber() + "|" + row.getPath() + "|" + row.getInUse())
        .toList();
  }

  private static List<String> files(byte[] bytes) {
    int size = recordSize(bytes);
    FileTable table = new FileTable();
    for (int at = 0; at + size <= bytes.length; at += size) {
      FileRecord.parse(bytes, at, bytes.length - at).ifPresent(table::add);
    }
    List<String> lines = new ArrayList<>();
    for (FileEntry file : table.files()) {
      for (FileName name : file.longNames()) {
        lines.add(
            file.reference().number()
                + "|"
                + table.path(name).path()
                + "|"
                + file.record().inUse());
      }
    }
    return lines;
  }

  /** Bytes allocated for a record, by the first one. */
  private static int recordSize(byte[] bytes) {
    return (bytes[0x1C] & 0xFF) | (bytes[0x1D] & 0xFF) << 8;
  }

  private static MachineBuilder machine() {
    return SyntheticMachine.windows(19041).seed(21).standardProcesses();
  }

  private static List<Path> samples(String folder, String ending) throws IOException {
    Path known = SampleData.file(folder + "/" + KNOWN.get(folder));
    try (Stream<Path> files = Files.list(known.getParent())) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
