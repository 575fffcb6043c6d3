package io.memlake.engine.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.DiscoverySettings;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.MachineDiscovery;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.objects.pagedout.PageAbsence;
import io.memlake.engine.objects.pagedout.PageFileRequest;
import io.memlake.engine.objects.pagedout.PageSource;
import io.memlake.engine.objects.pagedout.PagedOutDiscovery;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.ProcessReader;
import io.memlake.engine.symbols.store.SymbolStore;
import io.memlake.testdata.fleet.LedgerProgram;
import io.memlake.testdata.fleet.PagedFleet;
import io.memlake.testdata.fleet.PagedHost;
import io.memlake.testdata.fleet.PagedHost.PagedOutPage;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.VadTruth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every host that {@code demo --paging} makes, each of another build: what is extracted is what the
 * machine held before its pages moved, and without page files every page that went there is a hole
 * with its reason. The last build is one that no symbol source knows.
 */
class PagedFleetExtractTest {
  private static final int PAGE = 4096;
  private static final int UNKNOWN_BUILD = 26100;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {17763, 19041, UNKNOWN_BUILD})
  void everythingIsExtractedAsTheMachineHeldIt(int build) throws IOException {
    PagedHost host = write(build);
    try (PagedOutMachine machine = open(host, List.of(host.pageFile(0), host.pageFile(1)))) {
      for (ProcessTruth process : programs(host)) {
        Dump dump = Dump.of(machine, process);
        assertThat(dump.compare(host, process, List.of())).isEmpty();
        assertThat(dump.report.absent().keySet())
            .as(process.name())
            .isSubsetOf(PageAbsence.FILE_BACKED);
      }
      assertModule(host, machine);
      assertPages(host, machine);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {17763, 19041, UNKNOWN_BUILD})
  void withoutPageFilesEveryPageThatWentThereIsAHoleWithItsReason(int build) throws IOException {
    PagedHost host = write(build);
    try (PagedOutMachine machine = open(host, List.of())) {
      for (ProcessTruth process : programs(host)) {
        List<Long> gone = addresses(host.inPageFiles(), process);
        Dump dump = Dump.of(machine, process);
        assertThat(dump.holes(PageAbsence.PAGE_FILE_NOT_GIVEN))
            .as(process.name())
            .containsExactlyElementsOf(gone);
        assertThat(dump.compare(host, process, gone)).isEmpty();
        assertThat(dump.report.count(PageSource.STORE))
            .isEqualTo(addresses(host.inStore(), process).size());
      }
      PageExtract pages = PageExtract.of(machine);
      PagedOutPage gone = host.inPageFiles().get(0);
      assertThat(pages.read(pathOf(gone)).bytes()).isEmpty();
      assertThat(pages.read(pathOf(gone)).account()).contains("in a page file that was not given");
    }
  }

  private static void assertModule(PagedHost host, PagedOutMachine machine) throws IOException {
    ProcessTruth ledger = host.trimmed().machine().truth().process(LedgerProgram.NAME);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ModuleReport report =
        ModuleExtract.of(machine, machine.machine().space(ledger.dtb()))
            .write(region(ledger, LedgerProgram.IMAGE_SIZE).start(), 0, out);
    assertThat(report.isComplete()).isTrue();
    assertThat(out.toByteArray()).isEqualTo(LedgerProgram.image());
  }

  /** Every page that moved, by its path; those of the hive's bins are among them. */
  private static void assertPages(PagedHost host, PagedOutMachine machine) throws IOException {
    PageExtract pages = PageExtract.of(machine);
    ProcessTruth ledger = host.trimmed().machine().truth().process(LedgerProgram.NAME);
    VadTruth hive = region(ledger, LedgerProgram.HIVE_SIZE);
    int ofHive = 0;
    List<PagedOutPage> moved = new ArrayList<>(host.inStore());
    moved.addAll(host.inPageFiles());
    moved.addAll(host.onStandby());
    for (PagedOutPage page : moved) {
      assertThat(pages.read(pathOf(page)).bytes())
          .as(pathOf(page))
          .contains(host.trimmed().intended(page.pid(), page.virtualAddress()).orElseThrow());
      boolean inHive =
          page.pid() == ledger.pid()
              && page.virtualAddress() >= hive.start()
              && page.virtualAddress() < hive.end();
      ofHive += inHive && host.inStore().contains(page) ? 1 : 0;
    }
    assertThat(ofHive).isPositive();
  }

  private static String pathOf(PagedOutPage page) {
    return "pid:" + page.pid() + ":va:0x" + Long.toHexString(page.virtualAddress());
  }

  private static VadTruth region(ProcessTruth process, int size) {
    return process.vads().stream()
        .filter(range -> range.privateMemory() && range.end() - range.start() + 1 == size)
        .findFirst()
        .orElseThrow();
  }

  private static List<ProcessTruth> programs(PagedHost host) {
    return host.trimmed().machine().truth().processes().stream()
        .filter(process -> process.presence().isRunning() && process.peb() != 0)
        .filter(process -> !process.name().equals("MemCompression"))
        .toList();
  }

  private static List<Long> addresses(List<PagedOutPage> pages, ProcessTruth process) {
    return pages.stream()
        .filter(page -> page.pid() == process.pid())
        .map(PagedOutPage::virtualAddress)
        .sorted(Long::compareUnsigned)
        .toList();
  }

  private PagedHost write(int build) throws IOException {
    Path own = folder.resolve("PAGED-" + build);
    return build == UNKNOWN_BUILD
        ? PagedFleet.unknown(own, build)
        : PagedFleet.write(own, build, build);
  }

  private static PagedOutMachine open(PagedHost host, List<Path> pageFiles) throws IOException {
    LocalEvidence evidence = new LocalEvidence();
    SymbolStore symbols = SampleMachines.embeddedSymbols();
    MachineDescription description =
        MachineDiscovery.discover(
            ImageFormats.standard().index(host.image().toString(), evidence),
            evidence,
            symbols,
            DiscoverySettings.DEFAULT);
    List<PageFileRequest> requests =
        pageFiles.stream().map(file -> PageFileRequest.of(file.toString())).toList();
    return PagedOutMachine.open(
        description,
        PagedOutDiscovery.discover(description, evidence, symbols, requests),
        evidence,
        symbols);
  }

  /** What was written of a process, and where each page of it stands. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Dump(ExtractReport report, byte[] bytes, NavigableMap<Long, MemoryRun> runs) {
    static Dump of(PagedOutMachine machine, ProcessTruth process) throws IOException {
      Eprocess eprocess =
          Eprocess.read(
                  machine.machine(),
                  ProcessReader.of(machine.machine()).eprocessLayout(),
                  process.eprocess())
              .orElseThrow();
      NavigableMap<Long, MemoryRun> runs = new TreeMap<>(Long::compareUnsigned);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ExtractReport report =
          ProcessExtract.of(machine)
              .write(eprocess, out, (region, run) -> runs.put(run.start(), run));
      return new Dump(report, out.toByteArray(), runs);
    }

    /** Pages that differ from what the machine held, those aside that cannot be had. */
    List<String> compare(PagedHost host, ProcessTruth process, List<Long> gone) {
      List<String> wrong = new ArrayList<>();
      int stored = 0;
      for (VadTruth range : process.vads()) {
        for (long page : host.trimmed().mappedPages(process.pid(), range)) {
          MemoryRun run = runs.floorEntry(page).getValue();
          if (gone.contains(page)) {
            continue;
          }
          int at = (int) (run.offset() + page - run.start());
          byte[] intended = host.trimmed().intended(process.pid(), page).orElseThrow();
          boolean there = run.state() == MemoryRun.State.STORED;
          if (!there || !Arrays.equals(Arrays.copyOfRange(bytes, at, at + PAGE), intended)) {
            wrong.add(process.name() + " " + Long.toHexString(page) + " is " + run);
          }
          stored++;
        }
      }
      if (bytes.length != stored * PAGE) {
        wrong.add(process.name() + " has " + bytes.length + " bytes, not of " + stored + " pages");
      }
      return wrong;
    }

    List<Long> holes(PageAbsence reason) {
      List<Long> pages = new ArrayList<>();
      for (Map.Entry<Long, MemoryRun> run : runs.entrySet()) {
        for (long at = 0; run.getValue().absence() == reason && at < run.getValue().size(); ) {
          pages.add(run.getKey() + at);
          at += PAGE;
        }
      }
      return pages;
    }
  }
}
