package io.memlake.jobs.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.fleet.PagedHost;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.paging.TrimmedKernel;
import io.memlake.testdata.paging.TrimmedMachine;
import io.memlake.testdata.process.ProcessSpec;
import io.memlake.testdata.store.CompressedStoreWriter;
import io.memlake.testdata.store.StoreFormat;
import io.memlake.testdata.system.SystemSpec;
import io.memlake.testdata.truth.DriverTruth;
import io.memlake.testdata.truth.HandleTruth;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.SocketTruth;
import io.memlake.testdata.truth.ThreadTruth;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Objects of the kernel whose pages are in page files and in the compressed store, as rows. Three
 * processes of the machine have ended: one is behind an entry that leads to a page file, one behind
 * an entry that leads to the store, and of one nothing but a copy in a page file is left.
 */
class PagedOutObjectsTest {
  private static final int BUILD = 19041;
  private static final int PAGE = 4096;

  /**
   * Bytes of an {@code _EPROCESS}, an {@code _ETHREAD} and a {@code _TCP_ENDPOINT} of the build.
   */
  private static final int EPROCESS = 0xA40;

  private static final int TCP_ENDPOINT = 0x300;

  @TempDir static Path folder;

  private static SyntheticMachine machine;
  private static Path lake;

  @BeforeAll
  static void analyze() throws IOException {
    assertThat(TestSpark.session()).isNotNull();
    machine =
        SyntheticMachine.windows(BUILD)
            .seed(31)
            .ram(96L << 20)
            .standardProcesses()
            .process("infile.exe", PagedOutObjectsTest::ended)
            .process("instore.exe", PagedOutObjectsTest::ended)
            .process("copied.exe", PagedOutObjectsTest::ended)
            .system(
                SystemSpec.usual()
                    .connection(
                        "explorer.exe", "10.0.0.21", 50123, "10.9.8.7", 443, SystemSpec.ESTABLISHED)
                    .unlistedConnection(
                        "explorer.exe", "10.0.0.21", 50124, "10.9.8.7", 8443, SystemSpec.CLOSED))
            .build();
    PagedHost host =
        PagedHost.write(
            machine,
            StoreFormat.of(BUILD, true),
            31,
            folder.resolve("GONE01"),
            PagedOutObjectsTest::trim);
    lake = folder.resolve("lake");
    assertThat(CommandRun.analyze(lake, host.folder()).code()).isZero();
  }

  private static void ended(ProcessSpec spec) {
    spec.parent("explorer.exe").freedAfter(Duration.ofSeconds(90));
  }

  /** All pages differ: none of the objects shares its page with another one of them. */
  private static void trim(TrimmedMachine trimmed, CompressedStoreWriter store, int slot) {
    TrimmedKernel kernel = new TrimmedKernel(trimmed);
    kernel.leaveCopy(process("copied.exe").eprocess(), EPROCESS, 1);
    kernel.leaveCopy(socket(50124).address(), TCP_ENDPOINT, 1);
    Set<Long> toFile = new LinkedHashSet<>();
    toFile.add(pageOf(process("infile.exe").eprocess()));
    toFile.add(pageOf(driver().object()));
    toFile.add(pageOf(socket(50123).address()));
    toFile.add(pageOf(thread().ethread()));
    toFile.add(pageOf(file().object()));
    long inStore = pageOf(process("instore.exe").eprocess());
    toFile.remove(inStore);
    store.add(0, slot, kernel.page(inStore));
    kernel.toStore(inStore, PagedHost.STORE, slot);
    toFile.forEach(page -> kernel.toPageFile(page, 0));
  }

  @Test
  void aDeadProcessWhoseObjectIsInAPageFileHasItsRow() {
    ProcessTruth dead = process("infile.exe");
    assertThat(
            sql(
                "SELECT source, layer, forensic_path LIKE 'pagefile0:0x%', eprocess,"
                    + " physical_address, ppid, state, in_pslist, in_psscan FROM processes"
                    + " WHERE image_file_name = 'infile.exe'"))
        .containsExactly(
            "scan,pagefile0,true,"
                + dead.eprocess()
                + ",,"
                + dead.ppid()
                + ",terminated,false,true");
  }

  @Test
  void aDeadProcessWhoseObjectIsInTheCompressedStoreHasItsRow() {
    ProcessTruth dead = process("instore.exe");
    assertThat(
            sql(
                "SELECT pid, source, layer, forensic_path LIKE 'store:0x%', eprocess,"
                    + " physical_address FROM processes WHERE image_file_name = 'instore.exe'"))
        .containsExactly(dead.pid() + ",scan,compressed,true," + dead.eprocess() + ",");
  }

  @Test
  void theViewOfObjectsOutsideRamNamesThePageAndItsOwner() {
    assertThat(
            sql(
                "SELECT kind, name, layer, page_pid, page_va FROM objects_outside_ram"
                    + " WHERE name IN ('infile.exe', 'instore.exe', 'copied.exe') ORDER BY name"))
        .containsExactly(
            "process,copied.exe,pagefile1,,",
            "process,infile.exe,pagefile0,4," + pageOf(process("infile.exe").eprocess()),
            "process,instore.exe,compressed,4," + pageOf(process("instore.exe").eprocess()));
    assertThat(sql("SELECT count(*) FROM objects_outside_ram WHERE kind = 'driver'"))
        .isEqualTo(sql("SELECT count(*) FROM drivers WHERE layer <> 'physical'"));
  }

  @Test
  void aCopyToWhichNothingLeadsIsARowThatSaysSo() {
    ProcessTruth dead = process("copied.exe");
    assertThat(
            sql(
                "SELECT pid, source, layer, forensic_path LIKE 'pagefile1:0x%', eprocess,"
                    + " physical_address, confidence FROM processes"
                    + " WHERE image_file_name = 'copied.exe'"))
        .containsExactly(dead.pid() + ",scan,pagefile1,true,,,50");
    assertThat(
            sql(
                "SELECT layer, proto, foreign_addr, foreign_port, owner, object, in_scan,"
                    + " confidence FROM network WHERE local_port = 50124"))
        .containsExactly("pagefile1,TCPv4,10.9.8.7,8443,explorer.exe,,true,50");
  }

  @Test
  void objectsThatAListHoldsAreSeenByTheScanOutsideRamToo() {
    assertThat(
            sql(
                "SELECT source, layer, in_directory, in_scan FROM drivers WHERE object = "
                    + driver().object()))
        .containsExactly("walk,pagefile0,true,true");
    assertThat(
            sql(
                "SELECT layer, in_list, in_scan FROM threads WHERE ethread = "
                    + thread().ethread()))
        .containsExactly("pagefile0,true,true");
    assertThat(sql("SELECT layer, in_table, in_scan FROM network WHERE local_port = 50123"))
        .containsExactly("pagefile0,true,true");
    assertThat(
            sql("SELECT layer, in_handles, in_scan FROM files WHERE object = " + file().object()))
        .containsExactly("pagefile0,true,true");
  }

  /** The copied pages hold parts of live objects as well, and pages on standby have copies. */
  @Test
  void copiesOfLiveObjectsAreNoFurtherObjects() {
    List<String> expected =
        machine.truth().processes().stream().map(one -> Long.toString(one.pid())).toList();
    assertThat(sql("SELECT pid FROM processes")).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(sql("SELECT count(*) FROM (SELECT pid, tid, create_time FROM threads GROUP BY ALL)"))
        .isEqualTo(sql("SELECT count(*) FROM threads"));
    assertThat(sql("SELECT count(*) FROM findings WHERE rule_uid = 'PROC_NOLINK'"))
        .containsExactly("0");
  }

  @Test
  void withoutItsPageFileADeadProcessIsNotSeen() {
    Path bare = folder.resolve("bare");
    Path image = folder.resolve("GONE01").resolve("memory.raw");
    assertThat(CommandRun.analyze(bare, image, "--host", "BARE01").code()).isZero();
    assertThat(
            CommandRun.rows(
                bare,
                "SELECT image_file_name, layer FROM processes WHERE image_file_name IN"
                    + " ('infile.exe', 'instore.exe', 'copied.exe')"))
        .containsExactly("instore.exe,compressed");
  }

  private static long pageOf(long address) {
    return address & -PAGE;
  }

  private static ProcessTruth process(String name) {
    return machine.truth().process(name);
  }

  private static ThreadTruth thread() {
    return process("explorer.exe").threads().get(0);
  }

  private static DriverTruth driver() {
    return machine.truth().drivers().get(3);
  }

  private static HandleTruth file() {
    return Stream.of(process("explorer.exe"), process("lsass.exe"))
        .flatMap(process -> process.handles().stream())
        .filter(handle -> handle.type().equals("File"))
        .findFirst()
        .orElseThrow();
  }

  private static SocketTruth socket(int port) {
    return machine.system().sockets().stream()
        .filter(socket -> socket.localPort() == port)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> sql(String query) {
    return CommandRun.rows(lake, query);
  }
}
