package io.memlake.engine.objects.pagedout;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.symbols.SharedSymbols;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.paging.ListedPageFile;
import io.memlake.testdata.paging.PteFormat;
import io.memlake.testdata.paging.TrimmedKernel;
import io.memlake.testdata.paging.TrimmedMachine;
import io.memlake.testdata.paging.TrimmedMachine.SharedEntry;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.VadTruth;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.XZInputStream;

/**
 * Pages of all processes of a machine leave their frames in every way there is; each address then
 * reads as the machine meant it, or is absent for the machine's reason.
 */
class EveryPageTest {
  private static final long SHARED_DATA = 0x7FFE0000L;
  private static final int PAGE = 4096;
  private static final List<SharedEntry> SHARED_ENTRIES = List.of(SharedEntry.values());

  @TempDir Path folder;

  /** Second tables by process id, of machines that have them. */
  private final Map<Long, Long> userTables = new HashMap<>();

  private final Map<String, PageAbsence> lostWithoutFiles = new HashMap<>();

  @ParameterizedTest
  @ValueSource(ints = {7601, 14393, 19041, 22000})
  void readsAsTheMachineMeantItOrIsAbsentForItsReason(int build) throws IOException {
    TrimmedMachine machine = trim(build, PteFormat.sinceUpdates());

    compareEverything(machine, TrimmedHost.write(folder, machine));
  }

  /**
   * What a program sees under kernel address isolation: its own half, and of the kernel nothing.
   */
  @ParameterizedTest
  @ValueSource(ints = {17763, 19041})
  void readsTheSameThroughTheSecondTablesOfAddressIsolation(int build) throws IOException {
    TrimmedMachine machine = trim(build, PteFormat.sinceUpdates());
    TrimmedKernel kernel = new TrimmedKernel(machine);
    for (ProcessTruth process : processes(machine)) {
      userTables.put(process.pid(), kernel.addUserTables(process.pid()));
    }
    TrimmedHost host = TrimmedHost.write(folder, machine);

    compareEverything(machine, host);

    try (PagedOutMachine whole = host.open(host.allFiles())) {
      for (ProcessTruth process : processes(machine)) {
        PagedAddressSpace space = whole.machine().space(userTables.get(process.pid()));
        for (long at : List.of(process.eprocess(), whole.machine().description().kernelBase())) {
          assertThat(space.read(at, new byte[8], 0, 8)).isFalse();
          assertThat(whole.machine().kernelSpace().read(at, new byte[8], 0, 8)).isTrue();
        }
      }
    }
  }

  /** Kernels as they were released: number in bits 1 to 4, nothing swizzled. */
  @Test
  void readsTheEntriesOfKernelsBeforeTheUpdates() throws IOException {
    Path isf = released(SharedSymbols.kernel("DBBC830E3E9A48FDA25A2144C146930E-1"));
    TrimmedMachine machine = trim(14393, PteFormat.beforeUpdates());

    compareEverything(machine, TrimmedHost.write(folder, machine, SampleMachines.forced(isf)));
  }

  /** The symbols of a serviced kernel with the entries of the one that was released. */
  private Path released(Path serviced) throws IOException {
    String text;
    try (InputStream in = new XZInputStream(Files.newInputStream(serviced))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    int start = text.indexOf("\"_MMPTE_SOFTWARE\": {");
    int end = text.indexOf("\"kind\": \"struct\"", start);
    String struct =
        text.substring(start, end)
            .replace("SwizzleBit", "Unused0")
            .replaceFirst("(?s)(\"PageFileLow\".*?\"bit_position\": )12", "$11");
    assertThat(struct).isNotEqualTo(text.substring(start, end));
    return Files.writeString(
        folder.resolve("released.json"), text.substring(0, start) + struct + text.substring(end));
  }

  private void compareEverything(TrimmedMachine machine, TrimmedHost host) throws IOException {
    try (PagedOutMachine whole = host.open(host.allFiles())) {
      for (ProcessTruth process : processes(machine)) {
        compareAll(host, whole, process, Map.of());
      }
    }
    try (PagedOutMachine ramOnly = host.open(List.of())) {
      for (ProcessTruth process : processes(machine)) {
        compareAll(host, ramOnly, process, lostWithoutFiles);
      }
    }
    assertThat(lostWithoutFiles).hasSizeGreaterThan(50);
  }

  private static List<ProcessTruth> processes(TrimmedMachine machine) {
    return machine.machine().truth().processes().stream()
        .filter(process -> process.presence().isRunning() && process.peb() != 0)
        .toList();
  }

  private TrimmedMachine trim(int build, PteFormat format) {
    SyntheticMachine before =
        SyntheticMachine.windows(build).seed(build).standardProcesses().build();
    TrimmedMachine machine = new TrimmedMachine(before, format, build);
    SplittableRandom random = new SplittableRandom(build);
    for (ProcessTruth process : processes(machine)) {
      for (VadTruth range : process.vads()) {
        for (long page : machine.mappedPages(process.pid(), range)) {
          if (page != SHARED_DATA) {
            move(machine, process.pid(), range, page, random);
          }
        }
      }
    }
    // Tables go last: their own entries are what was written above.
    for (ProcessTruth process : processes(machine)) {
      long table = process.peb();
      machine.tableToPageFile(process.pid(), table, 1);
      for (VadTruth range : process.vads()) {
        for (long page : machine.mappedPages(process.pid(), range)) {
          if (page >>> 21 == table >>> 21) {
            lostWithoutFiles.put(key(process.pid(), page), PageAbsence.TABLE_MISSING);
          }
        }
      }
    }
    machine.listPageFiles(
        List.of(
            new ListedPageFile(
                0, "\\??\\C:\\pagefile.sys", machine.pageFiles().get(0).pageCount(), false),
            new ListedPageFile(
                1, "\\??\\D:\\pagefile.sys", machine.pageFiles().get(1).pageCount(), false)));
    return machine;
  }

  private void move(
      TrimmedMachine machine, long pid, VadTruth range, long page, SplittableRandom random) {
    int fate = random.nextInt(4);
    if (range.privateMemory()) {
      switch (fate) {
        case 0 -> machine.toTransition(pid, page);
        case 1, 2 -> {
          machine.toPageFile(pid, page, fate - 1);
          lostWithoutFiles.put(key(pid, page), PageAbsence.PAGE_FILE_NOT_GIVEN);
        }
        default -> {}
      }
      return;
    }
    if (fate == 3) {
      return;
    }
    if (machine.isShared(pid, range, page)) {
      moveShared(machine, range, page, random.nextInt(3) - 1, random);
    }
  }

  /** All processes lose the page at once, each in its own way. */
  private void moveShared(
      TrimmedMachine machine, VadTruth view, long page, int number, SplittableRandom random) {
    boolean first = true;
    for (ProcessTruth process : processes(machine)) {
      for (VadTruth range : process.vads()) {
        if (!range.privateMemory()
            && range.file().equals(view.file())
            && range.start() == view.start()) {
          if (first) {
            machine.sharedPage(process.pid(), range, page, number);
            first = false;
          }
          SharedEntry kind = SHARED_ENTRIES.get(random.nextInt(SHARED_ENTRIES.size()));
          machine.sharedEntry(process.pid(), range, page, kind);
          if (number != TrimmedMachine.NO_FILE) {
            lostWithoutFiles.put(key(process.pid(), page), PageAbsence.PAGE_FILE_NOT_GIVEN);
          }
        }
      }
    }
  }

  private void compareAll(
      TrimmedHost host,
      PagedOutMachine machine,
      ProcessTruth process,
      Map<String, PageAbsence> lost)
      throws IOException {
    PagedAddressSpace space =
        machine.machine().space(userTables.getOrDefault(process.pid(), process.dtb()));
    byte[] page = new byte[PAGE];
    List<String> wrong = new ArrayList<>();
    for (VadTruth range : process.vads()) {
      for (long at = range.start(); at < range.end(); at += PAGE) {
        PageAbsence expected = expected(host, process.pid(), range, at, lost);
        PageAccount account = machine.accounts().of(space, at);
        boolean read = space.read(at, page, 0, PAGE);
        if (read != (expected == null) || account.absence() != expected) {
          wrong.add(where(process, range, at) + ": " + account + ", expected " + expected);
        } else if (read) {
          byte[] intended =
              host.trimmed().intended(process.pid(), at).orElseGet(() -> new byte[PAGE]);
          assertThat(page).as(where(process, range, at)).isEqualTo(intended);
        }
      }
    }
    assertThat(wrong).as(process.name()).isEmpty();
    long gap = process.vads().get(0).end() + 1;
    assertThat(machine.accounts().of(space, gap + (1L << 30)).isPresent()).isFalse();
  }

  private static PageAbsence expected(
      TrimmedHost host, long pid, VadTruth range, long page, Map<String, PageAbsence> lost) {
    PageAbsence without = lost.get(key(pid, page));
    boolean mapped = host.trimmed().intended(pid, page).isPresent();
    if (without != null && mapped) {
      return without;
    }
    if (lost.containsValue(PageAbsence.TABLE_MISSING)
        && page >>> 21 == host.trimmed().machine().truth().process(pid).peb() >>> 21) {
      return PageAbsence.TABLE_MISSING;
    }
    // Private ranges of the machine are committed as a whole; files have only resident pages.
    return mapped || range.privateMemory() ? null : PageAbsence.FILE_BACKED;
  }

  private static String key(long pid, long page) {
    return pid + ":" + page;
  }

  private static String where(ProcessTruth process, VadTruth range, long page) {
    return process.name()
        + " "
        + Long.toHexString(page)
        + " in "
        + range.tag()
        + " "
        + range.file();
  }
}
