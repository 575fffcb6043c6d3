package io.memlake.jobs.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.fleet.PagedHost;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.process.Protection;
import io.memlake.testdata.store.StoreFormat;
import io.memlake.testdata.truth.ProcessTruth;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts whose pages left RAM, through the whole way from evidence to tables. */
class PagedOutHostTest {
  private static final int BUILD = 19041;
  private static final int RECORDS = 16;

  /** {@code Pcb.UserDirectoryTableBase} of build 19041. */
  private static final int USER_DIRECTORY_TABLE_BASE = 0x388;

  @TempDir static Path evidence;
  @TempDir Path folder;

  private static PagedHost host;

  @BeforeAll
  static void writeHost() throws IOException {
    assertThat(TestSpark.session()).isNotNull();
    SyntheticMachine machine =
        SyntheticMachine.windows(BUILD)
            .seed(77)
            .ram(64L << 20)
            .standardProcesses()
            .process(
                "records.exe",
                spec ->
                    spec.parent("explorer.exe")
                        .privateRegion(
                            RECORDS * FileRecords.PAGE,
                            Protection.READ_WRITE,
                            FileRecords.pages(RECORDS)))
            .build();
    host = PagedHost.write(machine, StoreFormat.of(BUILD, true), 77, evidence.resolve("PAGED01"));
  }

  @Test
  void pageFilesInTheFolderFillTheRowsOfProcesses() {
    assertThat(analyze(evidence.resolve("PAGED01")).code()).isZero();
    List<String> expected =
        host.trimmed().machine().truth().processes().stream()
            .filter(process -> process.peb() != 0 && process.presence().isRunning())
            .map(process -> process.pid() + "," + quoted(process.commandLine()))
            .toList();
    assertThat(expected).hasSizeGreaterThan(5);
    assertThat(sql("SELECT pid, command_line FROM processes WHERE command_line IS NOT NULL"))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(
            sql(
                "SELECT sum(swapped), sum(compressed) FROM address_spaces"
                    + " WHERE kind = 'process'"))
        .containsExactly(host.inPageFiles().size() + "," + host.inStore().size());
    assertThat(
            sql(
                "SELECT pagefile_slots, pagefile_hit_pct, store_slots, store_layout,"
                    + " store_check_pct, size(page_files) FROM image_quality"))
        .containsExactly(
            host.inPageFiles().size() + ",100.0," + host.inStore().size() + ",x64-19041,100.0,2");
    assertThat(sql("SELECT pagefile_number, warnings[0] LIKE 'fits: %' FROM evidence"))
        .containsExactlyInAnyOrder(",", "0,true", "1,false");
  }

  @Test
  void everyPageThatLeftRamHasItsRowAndItsOwner() {
    assertThat(analyze(evidence.resolve("PAGED01")).code()).isZero();
    List<String> inStore = new ArrayList<>();
    List<String> inFiles = new ArrayList<>();
    host.inStore().forEach(page -> inStore.add(page.pid() + "," + page.virtualAddress()));
    host.inPageFiles().forEach(page -> inFiles.add(page.pid() + "," + page.virtualAddress()));
    assertThat(sql("SELECT pid, va FROM compressed_pages WHERE status = 'ok'"))
        .containsExactlyInAnyOrderElementsOf(inStore);
    assertThat(
            sql(
                "SELECT nt_build, status, algo, count(*) FROM compressed_pages"
                    + " WHERE algo <> 'none' GROUP BY ALL"))
        .singleElement()
        .asString()
        .startsWith(BUILD + ",ok,xpress,");
    assertThat(sql("SELECT pid, va FROM pages WHERE layer LIKE 'pagefile%' AND pid IS NOT NULL"))
        .containsExactlyInAnyOrderElementsOf(inFiles);
    assertThat(sql("SELECT pid, va FROM pages WHERE layer = 'compressed'"))
        .containsExactlyInAnyOrderElementsOf(inStore);
    // Pages on the standby list are in RAM and in page file 0: the same bytes, the same hash.
    assertThat(
            sql(
                "SELECT count(*) FROM pages f JOIN pages r ON f.page_hash = r.page_hash"
                    + " AND f.page_hash2 = r.page_hash2 WHERE f.layer = 'pagefile0'"
                    + " AND f.pid IS NULL AND r.layer = 'physical' AND r.mapping = 'transition'"
                    + " AND f.kind <> 'zero'"))
        .singleElement()
        .satisfies(count -> assertThat(Integer.parseInt(count)).isPositive());
    assertThat(sql("SELECT layer, status, pages FROM chunks WHERE layer = 'compressed'"))
        .containsExactly("compressed,ok," + host.inStore().size());
    assertThat(sql("SELECT compressed_ok, compressed_bad, compressed_missing FROM image_quality"))
        .containsExactly(host.inStore().size() + ",0,0");
  }

  @Test
  void rowsOfExecutablePagesAloneCanBeAskedFor() {
    assertThat(analyze(host.image(), "--host", "CODE", "--pages", "executable").code()).isZero();
    assertThat(sql("SELECT DISTINCT executable FROM pages")).containsExactly("true");
    assertThat(sql("SELECT count(*) > 10 FROM pages")).containsExactly("true");
    assertThat(analyze(host.image(), "--host", "CODE").err())
        .contains("pages was executable and is empty");
  }

  @Test
  void theSecondTableOfAProcessUnderAddressIsolationHasItsRow() throws IOException {
    Path image = folder.resolve("shadow.raw");
    Files.copy(host.image(), image);
    ProcessTruth process = host.trimmed().machine().truth().process("explorer.exe");
    ByteBuffer dtb = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    dtb.putLong(0, process.dtb());
    try (FileChannel channel = FileChannel.open(image, StandardOpenOption.WRITE)) {
      channel.write(dtb, process.physicalEprocess() + USER_DIRECTORY_TABLE_BASE);
    }
    assertThat(analyze(image, "--host", "SHADOW").code()).isZero();
    assertThat(
            sql(
                "SELECT s.pid, s.process, s.valid_ptes = p.valid_ptes FROM address_spaces s"
                    + " JOIN address_spaces p ON s.pid = p.pid AND p.kind = 'process'"
                    + " WHERE s.kind = 'user_shadow'"))
        .containsExactly(process.pid() + ",explorer.exe,true");
  }

  @Test
  void signaturesAreFollowedInEveryLayer() {
    assertThat(analyze(evidence.resolve("PAGED01")).code()).isZero();
    long pid = host.trimmed().machine().truth().process("records.exe").pid();
    // Copies on the standby list are in page file 0, too, where nobody has them.
    assertThat(
            sql(
                "SELECT DISTINCT layer, pid FROM mft WHERE name LIKE 'ledger-%'"
                    + " AND pid IS NOT NULL ORDER BY layer"))
        .containsExactly(
            "compressed," + pid, "pagefile0," + pid, "pagefile1," + pid, "physical," + pid);
    assertThat(
            sql(
                "SELECT count(DISTINCT name) FROM mft"
                    + " WHERE name LIKE 'ledger-%' AND pid IS NOT NULL"))
        .containsExactly(Integer.toString(RECORDS));
    assertThat(
            sql(
                "SELECT DISTINCT layer, substring_index(forensic_path, ':', 1) FROM mft"
                    + " WHERE layer = 'compressed'"))
        .containsExactly("compressed,store");
  }

  @Test
  void withoutPageFilesTheShareThatIsMissingIsTold() {
    assertThat(analyze(host.image(), "--host", "BARE").code()).isZero();
    assertThat(sql("SELECT pagefile_slots, pagefile_hit_pct, page_files FROM image_quality"))
        .containsExactly(host.inPageFiles().size() + ",0.0,");
    long read =
        Long.parseLong(sql("SELECT count(*) FROM processes WHERE command_line IS NOT NULL").get(0));
    assertThat(read).isLessThan(programs());
  }

  @Test
  void aPageFileOfAnotherSystemIsToldAndNotRead() throws IOException {
    byte[] noise = new byte[(int) Files.size(host.pageFile(0))];
    new SplittableRandom(1).nextBytes(noise);
    Path foreign = Files.write(folder.resolve("pagefile.sys"), noise);
    assertThat(analyze(host.image(), "--host", "PAGED02", "--pagefile", foreign).code()).isZero();
    assertThat(sql("SELECT severity, item FROM errors WHERE reason LIKE '%another system%'"))
        .containsExactly("warning,pagefile0");
    assertThat(sql("SELECT warnings[0] LIKE 'foreign: %' FROM evidence WHERE role = 'pagefile'"))
        .containsExactly("true");
    assertThat(sql("SELECT pagefile_hit_pct FROM image_quality")).containsExactly("0.0");
  }

  @Test
  void aPageFileOnTheCommandLineCanSayItsHostAndItsNumber() {
    CommandRun run =
        analyze(
            host.image(),
            "--host",
            "PAGED03",
            "--pagefile",
            "paged03:pagefile1=" + host.pageFile(1));
    assertThat(run.code()).isZero();
    assertThat(sql("SELECT role, pagefile_number FROM evidence ORDER BY role"))
        .containsExactly("memory,", "pagefile,1");
    assertThat(analyze(host.image(), "--pagefile", "pagefile16=" + host.pageFile(1)).err())
        .contains("page files have numbers from 0 to 15");
  }

  private static long programs() {
    return host.trimmed().machine().truth().processes().stream()
        .filter(process -> process.peb() != 0 && process.presence().isRunning())
        .map(ProcessTruth::pid)
        .count();
  }

  private static String quoted(String text) {
    return text.contains("\"") || text.contains(",")
        ? "\"" + text.replace("\"", "\"\"") + "\""
        : text;
  }

  private Path lake() {
    return folder.resolve("lake");
  }

  private CommandRun analyze(Object... arguments) {
    return CommandRun.analyze(lake(), arguments);
  }

  private List<String> sql(String query) {
    return CommandRun.rows(lake(), query);
  }
}
