package io.memlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.fleet.LedgerProgram;
import io.memlake.testdata.fleet.PagedFleet;
import io.memlake.testdata.fleet.PagedHost;
import io.memlake.testdata.fleet.PagedHost.PagedOutPage;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.VadTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractCommandTest {
  private static final int PAGE = 4096;

  @TempDir static Path shared;
  @TempDir Path folder;

  private static PagedHost host;
  private static Path lake;
  private static ProcessTruth ledger;

  @BeforeAll
  static void analyze() throws IOException {
    assertThat(TestSpark.session()).isNotNull();
    host = PagedFleet.write(shared.resolve("evidence/PAGED"), 19041, 5);
    ledger = host.trimmed().machine().truth().process(LedgerProgram.NAME);
    lake = shared.resolve("lake");
    assertThat(CommandRun.analyze(lake, host.folder()).code()).isZero();
  }

  @Test
  void aProcessWhosePagesWentToThePageFileIsDumpedByteForByte() throws IOException {
    CommandRun run = extract("process", "--pid", ledger.pid());
    assertThat(run.err()).contains("pages from page_file").contains("pages from store");
    assertThat(run.code()).isZero();
    String name = "pid-" + ledger.pid() + "-ledger.exe";
    byte[] dump = Files.readAllBytes(out().resolve(name + ".memory"));
    NavigableMap<Long, Long> places = places(out().resolve(name + ".map.csv"));
    int compared = 0;
    for (VadTruth range : ledger.vads()) {
      for (long page : host.trimmed().mappedPages(ledger.pid(), range)) {
        Map.Entry<Long, Long> place = places.floorEntry(page);
        assertThat(place.getValue()).as(Long.toHexString(page)).isNotNegative();
        int at = (int) (place.getValue() + page - place.getKey());
        assertThat(Arrays.copyOfRange(dump, at, at + PAGE))
            .as(Long.toHexString(page))
            .isEqualTo(host.trimmed().intended(ledger.pid(), page).orElseThrow());
        compared++;
      }
    }
    assertThat(dump).hasSize(compared * PAGE);
    assertThat(Files.readString(out().resolve(name + ".json")))
        .contains("\"host\" : \"PAGED\"")
        .contains("\"page_file\" : " + pagesOf(host.inPageFiles()))
        .contains("\"store\" : " + pagesOf(host.inStore()))
        .contains("\"role\" : \"pagefile\"");
  }

  @Test
  void withoutPageFilesTheHolesAreListed() throws IOException {
    CommandRun run = extract("process", "--pid", ledger.pid(), "--without-pagefiles");
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("in a page file that was not given");
    String name = "pid-" + ledger.pid() + "-ledger.exe";
    assertThat(Files.readString(out().resolve(name + ".json")))
        .contains("\"page_file_not_given\" : " + pagesOf(host.inPageFiles()));
    List<Long> holes = new ArrayList<>();
    for (String line : Files.readAllLines(out().resolve(name + ".map.csv"))) {
      String[] cells = line.split(",", -1);
      if (cells[5].equals("in a page file that was not given")) {
        for (long at = hex(cells[0]); at < hex(cells[1]); at += PAGE) {
          holes.add(at);
        }
      }
    }
    assertThat(holes)
        .containsExactlyElementsOf(
            host.inPageFiles().stream()
                .filter(page -> page.pid() == ledger.pid())
                .map(PagedOutPage::virtualAddress)
                .sorted()
                .toList());
  }

  @Test
  void codeThatIsPartlyInThePageFileIsComplete() throws IOException {
    long base = region(LedgerProgram.IMAGE_SIZE).start();
    CommandRun run =
        extract("module", "--pid", ledger.pid(), "--base", "0x" + Long.toHexString(base));
    assertThat(run.err()).contains("complete");
    assertThat(run.code()).isZero();
    Path file = Path.of(run.lines().get(0));
    assertThat(Files.readAllBytes(file)).isEqualTo(LedgerProgram.image());
  }

  @Test
  void aProgramIsRebuiltFromItsImageSectionWithItsHolesListed() throws IOException {
    CommandRun found =
        CommandRun.of(
            "sql",
            "--lake",
            lake,
            "-o",
            "csv",
            "SELECT concat('0x', hex(object)) FROM files WHERE name LIKE '%setup.exe'");
    CommandRun run = extract("file", "--object", found.lines().get(1));
    assertThat(run.code()).isEqualTo(3);
    Path file = Path.of(run.lines().get(0));
    byte[] expected = LedgerProgram.image();
    // Of every four pages of a section one was never read from the file.
    for (int page : new int[] {3, 7, 11}) {
      Arrays.fill(expected, page * PAGE, (page + 1) * PAGE, (byte) 0);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(expected);
    assertThat(Files.readString(Path.of(file + ".json")))
        .contains("\"section\" : \"image\"")
        .contains("\"file_offset\" : " + 3 * PAGE)
        .contains("\"reason\" : \"file_backed\"");
  }

  @Test
  void aPageOfAHiveInTheCompressedStoreIsRead() throws IOException {
    VadTruth hive = region(LedgerProgram.HIVE_SIZE);
    long page =
        host.inStore().stream()
            .filter(moved -> moved.pid() == ledger.pid())
            .map(PagedOutPage::virtualAddress)
            .filter(at -> at >= hive.start() && at < hive.end())
            .findFirst()
            .orElseThrow();
    String path = "pid:" + ledger.pid() + ":va:0x" + Long.toHexString(page);
    CommandRun run = extract("page", "--path", path);
    assertThat(run.code()).isZero();
    int offset = (int) (page - hive.start());
    assertThat(Files.readAllBytes(Path.of(run.lines().get(0))))
        .isEqualTo(Arrays.copyOfRange(LedgerProgram.hiveBins(), offset, offset + PAGE));
  }

  @Test
  void modulesAreFoundByNameInTheLake() throws IOException {
    CommandRun run = extract("module", "--pid", ledger.pid(), "--name", "NTDLL.dll");
    assertThat(run.code()).isZero();
    assertThat(Files.readAllBytes(Path.of(run.lines().get(0)))).startsWith('M', 'Z');
    CommandRun driver = extract("module", "--name", "ntoskrnl.exe");
    assertThat(driver.code()).isZero();
    assertThat(Files.readAllBytes(Path.of(driver.lines().get(0)))).startsWith('M', 'Z');
    assertThat(extract("module", "--pid", ledger.pid(), "--name", "none.dll").err())
        .contains("No module none.dll of process " + ledger.pid());
  }

  @Test
  void nothingIsOverwrittenAndNothingIsWrittenBesideTheEvidence() throws IOException {
    List<Path> before = files(host.folder());
    assertThat(extract("process", "--pid", ledger.pid()).code()).isZero();
    CommandRun again = extract("process", "--pid", ledger.pid());
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("exists; nothing is overwritten");
    CommandRun beside =
        CommandRun.of(
            "extract",
            "process",
            "--lake",
            lake,
            "--host",
            "paged",
            "--pid",
            ledger.pid(),
            "--out",
            host.folder());
    assertThat(beside.code()).isEqualTo(2);
    assertThat(beside.err()).contains("holds the evidence");
    assertThat(files(host.folder())).isEqualTo(before);
  }

  @Test
  void whatCannotBeFoundIsSaidInOneLine() {
    assertThat(extract("process", "--pid", 99999).err())
        .isEqualTo("memlake: No process 99999 on PAGED\n");
    assertThat(
            CommandRun.of(
                    "extract", "process", "--lake", lake, "--host", "X", "--pid", 4, "--out", out())
                .err())
        .isEqualTo("memlake: No host X in the lake; there are: PAGED\n");
    assertThat(extract("page", "--path", "nonsense").code()).isEqualTo(2);
  }

  @Test
  void evidenceThatIsGoneOrChangedIsSaid() throws IOException {
    Path image = folder.resolve("WS05/memory.raw");
    Files.createDirectories(image.getParent());
    Files.copy(host.image(), image);
    Path ownLake = folder.resolve("lake");
    assertThat(CommandRun.analyze(ownLake, image, "--host", "WS05").code()).isZero();
    Files.move(image, folder.resolve("elsewhere"));
    CommandRun gone = extractFrom(ownLake, "WS05");
    assertThat(gone.code()).isEqualTo(1);
    assertThat(gone.err())
        .contains("The evidence of WS05 cannot be read where it was")
        .contains("it does not exist");
    byte[] bytes = Files.readAllBytes(folder.resolve("elsewhere"));
    Arrays.fill(bytes, 0, 1 << 20, (byte) 7);
    Files.write(image, bytes);
    CommandRun changed = extractFrom(ownLake, "WS05");
    assertThat(changed.code()).isEqualTo(4);
    assertThat(changed.err()).contains("is not the file that was analyzed");
    Files.move(folder.resolve("elsewhere"), image, StandardCopyOption.REPLACE_EXISTING);
    assertThat(extractFrom(ownLake, "WS05").code()).isZero();
  }

  private CommandRun extractFrom(Path ownLake, String name) {
    return CommandRun.of(
        "extract",
        "process",
        "--lake",
        ownLake,
        "--host",
        name,
        "--pid",
        ledger.pid(),
        "--out",
        out());
  }

  private static long pagesOf(List<PagedOutPage> pages) {
    return pages.stream().filter(page -> page.pid() == ledger.pid()).count();
  }

  private static VadTruth region(int size) {
    return ledger.vads().stream()
        .filter(range -> range.privateMemory() && range.end() - range.start() + 1 == size)
        .findFirst()
        .orElseThrow();
  }

  /** Where runs stand in the file by their first address; -1 for those that do not. */
  private static NavigableMap<Long, Long> places(Path map) throws IOException {
    NavigableMap<Long, Long> places = new TreeMap<>();
    List<String> lines = Files.readAllLines(map);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      places.put(hex(cells[0]), cells[4].isEmpty() ? -1 : hex(cells[4]));
    }
    return places;
  }

  private static long hex(String text) {
    return Long.parseUnsignedLong(text.substring(2), 16);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.sorted().toList();
    }
  }

  private Path out() {
    return folder.resolve("out");
  }

  private CommandRun extract(String what, Object... arguments) {
    List<Object> all =
        new ArrayList<>(
            List.of("extract", what, "--lake", lake, "--host", "paged", "--out", out()));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray());
  }
}
