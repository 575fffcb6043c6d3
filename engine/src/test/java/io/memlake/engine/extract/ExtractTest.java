package io.memlake.engine.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.objects.pagedout.PageAbsence;
import io.memlake.engine.objects.pagedout.PageSource;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.pagedout.TrimmedHost;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.EprocessLayout;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.paging.ListedPageFile;
import io.memlake.testdata.paging.PteFormat;
import io.memlake.testdata.paging.TrimmedMachine;
import io.memlake.testdata.process.Protection;
import io.memlake.testdata.store.CompressedStoreWriter;
import io.memlake.testdata.store.StoreFormat;
import io.memlake.testdata.truth.HostTruth;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.VadTruth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The failures that the project began with: a process whose pages went to the page file, code that
 * is partly there, a hive page in the compressed store.
 */
class ExtractTest {
  private static final int BUILD = 19041;
  private static final int PAGE = 4096;
  private static final int STORE = 2;
  private static final int HIVE_SIZE = 8 * PAGE;
  private static final long MODULE_SIZE = 0x20000;
  private static final long HIVE_REGION = 0x30000;
  private static final int HIVE_SLOT = 0x40;

  @TempDir static Path folder;

  private static TrimmedHost host;
  private static ProcessTruth process;
  private static VadTruth module;
  private static VadTruth hive;
  private static long paged;

  @BeforeAll
  static void pageOut() throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(BUILD)
            .seed(5)
            .standardProcesses()
            .process(
                "victim.exe",
                spec ->
                    spec.parent("explorer.exe")
                        .privateRegion(MODULE_SIZE, Protection.EXECUTE_READ_WRITE, PeFile.mapped())
                        .privateRegion(HIVE_REGION, Protection.READ_WRITE, hiveBytes()))
            .build();
    TrimmedMachine trimmed = new TrimmedMachine(machine, PteFormat.sinceUpdates(), 5);
    process = machine.truth().process("victim.exe");
    module = rangeOf(MODULE_SIZE);
    hive = rangeOf(HIVE_REGION);
    CompressedStoreWriter store =
        new CompressedStoreWriter(
                StoreFormat.of(BUILD, true),
                trimmed.kernelMemory(),
                trimmed.userMemory(machine.truth().process("MemCompression").pid()))
            .pageFileNumber(STORE)
            .owner(machine.truth().process("MemCompression").eprocess());
    int slot = HIVE_SLOT;
    for (VadTruth range : process.vads()) {
      for (long page : trimmed.mappedPages(process.pid(), range)) {
        if (range.equals(hive)) {
          store.add(0, slot, trimmed.intended(process.pid(), page).orElseThrow());
          trimmed.toStore(process.pid(), page, STORE, slot++);
        } else if (range.privateMemory()
            && range.start() != 0x7FFE0000L
            // Every other page of code stays.
            && (!range.equals(module) || (page >>> 12) % 2 == 0)) {
          trimmed.toPageFile(process.pid(), page, 0);
          paged++;
        }
      }
    }
    HostTruth truth = machine.truth().host();
    long globals =
        truth.kernelBase() + KernelLayout.bundled(BUILD).symbol("?SmGlobals@@3U_SM_GLOBALS@@A");
    store.write(globals, trimmed.newKernelMemory(1 << 24), 0x1A0_0000_0000L);
    trimmed.listPageFiles(
        List.of(
            new ListedPageFile(
                0, "\\??\\C:\\pagefile.sys", trimmed.pageFiles().get(0).pageCount(), false),
            new ListedPageFile(STORE, "", 1 << 20, true)));
    host = TrimmedHost.write(folder, trimmed);
  }

  private static VadTruth rangeOf(long size) {
    return process.vads().stream()
        .filter(range -> range.end() - range.start() + 1 == size)
        .findFirst()
        .orElseThrow();
  }

  /** A bin of a hive with cells that a compressor can make small. */
  private static byte[] hiveBytes() {
    byte[] bytes = new byte[HIVE_SIZE];
    byte[] cell = "nk  ControlSet001\\Services ".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (cell[i % cell.length] + i / PAGE);
    }
    System.arraycopy("hbin".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 4);
    return bytes;
  }

  private static Eprocess eprocess(PagedOutMachine machine) throws IOException {
    EprocessLayout layout = EprocessLayout.resolve(machine.machine().symbols());
    return Eprocess.read(machine.machine(), layout, process.eprocess()).orElseThrow();
  }

  @Test
  void aProcessInThePageFileIsDumpedByteForByte() throws IOException {
    try (PagedOutMachine machine = host.open(host.allFiles())) {
      TreeMap<Long, MemoryRun> runs = new TreeMap<>();
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      ExtractReport report =
          ProcessExtract.of(machine)
              .write(eprocess(machine), out, (region, run) -> runs.put(run.start(), run));

      byte[] dump = out.toByteArray();
      int compared = 0;
      for (VadTruth range : process.vads()) {
        for (long page : host.trimmed().mappedPages(process.pid(), range)) {
          MemoryRun run = runs.floorEntry(page).getValue();
          assertThat(run.state()).isEqualTo(MemoryRun.State.STORED);
          int at = (int) (run.offset() + page - run.start());
          assertThat(Arrays.copyOfRange(dump, at, at + PAGE))
              .as(Long.toHexString(page))
              .isEqualTo(host.trimmed().intended(process.pid(), page).orElseThrow());
          compared++;
        }
      }
      assertThat(dump).hasSize(compared * PAGE);
      assertThat(report.count(PageSource.STORE)).isEqualTo(HIVE_SIZE / PAGE);
      assertThat(report.count(PageSource.PAGE_FILE)).isEqualTo(paged).isPositive();
      assertThat(report.count(PageSource.FRAME)).isGreaterThan(10);
      assertThat(report.absent().keySet()).containsExactly(PageAbsence.FILE_BACKED);
      assertCovered(runs);
    }
  }

  /** The map has every page of every range, once. */
  private static void assertCovered(Map<Long, MemoryRun> runs) {
    long mapped = runs.values().stream().mapToLong(MemoryRun::size).sum();
    long listed = process.vads().stream().mapToLong(range -> range.end() - range.start() + 1).sum();
    assertThat(mapped).isEqualTo(listed);
  }

  @Test
  void withoutThePageFileTheHolesAreListed() throws IOException {
    try (PagedOutMachine machine = host.open(List.of())) {
      StringBuilder map = new StringBuilder();
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      ExtractReport report =
          ProcessExtract.of(machine).write(eprocess(machine), out, new MemoryMapText(map));

      assertThat(report.count(PageAbsence.PAGE_FILE_NOT_GIVEN)).isEqualTo(paged);
      assertThat(report.count(PageSource.PAGE_FILE)).isZero();
      assertThat(report.holes())
          .isEqualTo(
              report.count(PageAbsence.PAGE_FILE_NOT_GIVEN)
                  + report.count(PageAbsence.FILE_BACKED));
      assertThat(map.toString())
          .startsWith("start,end,state,source,offset,reason,type,protection,file\n")
          .contains(
              "0x"
                  + Long.toHexString(module.start())
                  + ",0x"
                  + Long.toHexString(module.start() + PAGE - 1)
                  + ",absent,page_file,,in a page file that was not given,private,"
                  + "PAGE_EXECUTE_READWRITE,\n");
    }
  }

  @Test
  void codeThatIsPartlyInThePageFileIsComplete() throws IOException {
    try (PagedOutMachine machine = host.open(host.allFiles())) {
      PagedAddressSpace space = host.space(machine.machine(), process.pid());
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      ModuleReport report = ModuleExtract.of(machine, space).write(module.start(), 0, out);

      assertThat(report.isComplete()).isTrue();
      assertThat(report.rebuilt()).isTrue();
      assertThat(out.toByteArray()).isEqualTo(PeFile.onDisk());
    }
  }

  @Test
  void withoutThePageFileAModuleSaysWhereItHasHoles() throws IOException {
    try (PagedOutMachine machine = host.open(List.of())) {
      PagedAddressSpace space = host.space(machine.machine(), process.pid());
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      // Even pages are gone, the header among them: the memory is written as it is.
      ModuleReport report =
          ModuleExtract.of(machine, space).write(module.start(), PeFile.SIZE_OF_IMAGE, out);

      assertThat(report.rebuilt()).isFalse();
      assertThat(report.holes())
          .hasSize(4)
          .allSatisfy(
              hole -> assertThat(hole.absence()).isEqualTo(PageAbsence.PAGE_FILE_NOT_GIVEN));
      byte[] expected = PeFile.mapped();
      for (int page = 0; page < PeFile.SIZE_OF_IMAGE; page += 2 * PAGE) {
        Arrays.fill(expected, page, page + PAGE, (byte) 0);
      }
      assertThat(out.toByteArray()).isEqualTo(expected);
    }
  }

  @Test
  void aHivePageInTheCompressedStoreIsRead() throws IOException {
    // The store is in RAM: no page file is needed.
    try (PagedOutMachine machine = host.open(List.of())) {
      PageExtract pages = PageExtract.of(machine);
      byte[] expected = hiveBytes();

      for (int i = 0; i < HIVE_SIZE / PAGE; i++) {
        byte[] page = Arrays.copyOfRange(expected, i * PAGE, (i + 1) * PAGE);
        String address = "0x" + Long.toHexString(hive.start() + (long) i * PAGE + 8);
        assertThat(pages.read("pid:" + process.pid() + ":va:" + address).bytes())
            .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(page));
        String slot = "0x" + Long.toHexString((HIVE_SLOT + i) * (long) PAGE);
        assertThat(pages.read("pagefile2:" + slot).bytes())
            .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(page));
      }
      assertThat(pages.read("store:0x20000040").bytes()).isPresent();
      assertThat(pages.read("store:0x20001234").account())
          .isEqualTo("the compressed store says no_key");
    }
  }

  @Test
  void everyPathLeadsToItsPageOrSaysWhyNot() throws IOException {
    try (PagedOutMachine machine = host.open(host.allFiles())) {
      PageExtract pages = PageExtract.of(machine);
      long dtb = process.dtb();

      assertThat(pages.read("phys:0x" + Long.toHexString(dtb)).bytes())
          .hasValueSatisfying(
              bytes -> assertThat(bytes).isEqualTo(host.trimmed().frame(dtb >>> 12)));
      assertThat(pages.read("phys:0xFFFFFFFFF000").account())
          .isEqualTo("the frame is not in the evidence");
      assertThat(pages.read("pagefile7:0x1000").account()).isEqualTo("page file 7 was not given");
      assertThat(pages.read("pagefile0:0x7FFFFFFF000").account())
          .isEqualTo("page file 0 ends before");
      assertThat(pages.read("pid:999999:va:0x1000").account())
          .isEqualTo("no process has the id 999999");
      assertThat(pages.read("pid:" + process.pid() + ":va:0x1000").account())
          .isEqualTo("none, nothing is mapped there");
      String kernel = "kernel:va:0x" + Long.toHexString(process.eprocess());
      assertThat(pages.read(kernel).bytes()).isPresent();
      assertThatThrownBy(() -> pages.read("pid:4"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Cannot understand pid:4: a path is phys:ADDRESS");
      assertThatThrownBy(() -> pages.read("pagefile16:0x1000"))
          .hasMessageContaining("numbers from 0 to 15");
    }
  }
}
