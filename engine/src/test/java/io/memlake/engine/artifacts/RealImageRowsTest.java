package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.SampleData;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.KernelModuleRow;
import io.memlake.schemas.row.ModuleRow;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.schemas.row.ThreadRow;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Bytes of real systems, compared with what others say about them. */
class RealImageRowsTest {
  private static final long ADDRESS_48_BITS = 0xFFFF_FFFF_FFFFL;

  private static Analysis windows10;
  private static Analysis reactos;

  private static Analysis windows10() throws IOException {
    if (windows10 == null) {
      windows10 = Analysis.of(SampleMachines.windows10Raw(), SampleMachines.embeddedSymbols());
    }
    return windows10;
  }

  private static Analysis reactos() throws IOException {
    if (reactos == null) {
      reactos = Analysis.of(SampleMachines.reactos(), SampleMachines.reactosSymbols());
    }
    return reactos;
  }

  @Test
  void theRealPagesOfWindows10HoldOneProcessAndFourThatAreOnlyLinks() throws IOException {
    Analysis analysis = windows10();

    assertThat(analysis.processes).hasSize(1);
    ProcessRow system = analysis.process(4);
    assertThat(system.getImageFileName()).isEqualTo("System");
    assertThat(system.getEprocess()).isEqualTo(0xFFFFC08BDCE94180L);
    assertThat(system.getPhysicalAddress()).isEqualTo(0x1B7180);
    assertThat(system.getDtb()).isEqualTo(0x1AD000);
    assertThat(system.getCreateTime()).isEqualTo(Instant.parse("2021-02-21T01:38:22.069864Z"));
    assertThat(system.getThreads()).isEqualTo(147);
    assertThat(system.getProtection()).isEqualTo("Protected-WinSystem");
    assertThat(system.getInPslist()).isTrue();
    assertThat(system.getInPsscan()).isFalse();
    assertThat(system.getState()).isEqualTo("running");

    assertThat(reasons(analysis, "processes"))
        .containsExactly(
            "entry 0xffffc08bdcf0f040 is no process: its dispatcher header is not of a process",
            "entry 0xffffc08bdcff5040 is no process: its dispatcher header is not of a process",
            "entry 0xffffc08be4c88040 is no process: its dispatcher header is not of a process",
            "entry 0xffffc08be505e1c0 is no process: its dispatcher header is not of a process");
    assertThat(reasons(analysis, "threads"))
        .contains(
            "forward link at 0xffffc08bdceaf528 to 0xffffc08bdceb0528 leads to memory that is not"
                + " in the image",
            "backward link at 0xffffc08be458d6e8 to 0x0 is no address of a list entry");
    assertThat(reasons(analysis, "kernel_modules"))
        .containsExactly(
            "forward link at 0xfffff8047c62a390 to 0x0 is no address of a list entry",
            "backward link at 0xfffff8047c62a390 to 0x0 is no address of a list entry");
    assertThat(analysis.threads).isEmpty();
    assertThat(analysis.modules).isEmpty();
    // Five in lists of processes, threads and modules, seven in lists of callbacks.
    assertThat(analysis.collected.listBreaks()).isEqualTo(12);
  }

  @Test
  void theRealPagesOfWindows10HoldFourLoaderEntriesOfOneNamedDriver() throws IOException {
    Analysis analysis = windows10();
    assertThat(analysis.kernelModules)
        .allSatisfy(
            row -> {
              assertThat(row.getInList()).isFalse();
              assertThat(row.getInScan()).isTrue();
            })
        .extracting(KernelModuleRow::getName)
        .containsExactly(null, null, "UEFI.sys", null);
    assertThat(analysis.kernelModules.get(2).getBase()).isEqualTo(0xFFFFF8048B5D0000L);
    assertThat(analysis.kernelModules.get(0).getGaps()).contains("name:unreadable");
  }

  @Test
  void bothContainersOfTheSamePagesGiveTheSameRows() throws IOException {
    Analysis raw = windows10();
    Analysis dump = Analysis.of(SampleMachines.windows10Dump(), SampleMachines.embeddedSymbols());
    assertThat(dump.processes).isEqualTo(raw.processes);
    assertThat(dump.kernelModules).isEqualTo(raw.kernelModules);
    assertThat(dump.errors).isEqualTo(raw.errors);
  }

  @Test
  void reactosHasTheProcessesThatVolatilityLists() throws IOException {
    Analysis analysis = reactos();
    List<String> expected = new ArrayList<>();
    for (String line : volatility("pslist")) {
      expected.add(
          String.join(
              "|",
              text(line, "PID"),
              text(line, "PPID"),
              text(line, "ImageFileName"),
              text(line, "Offset(V)"),
              time(line, "CreateTime"),
              time(line, "ExitTime"),
              text(line, "Threads"),
              text(line, "Handles"),
              text(line, "SessionId"),
              text(line, "Wow64")));
    }
    assertThat(expected).hasSize(7);
    assertThat(analysis.processes)
        .extracting(RealImageRowsTest::line)
        .containsExactlyElementsOf(expected);
    assertThat(analysis.processes)
        .allSatisfy(row -> assertThat(row.getInPslist() && row.getInPsscan()).isTrue());
    assertThat(analysis.errorsOfProcesses()).isEmpty();
  }

  private static String line(ProcessRow row) {
    return String.join(
        "|",
        String.valueOf(row.getPid()),
        String.valueOf(row.getPpid()),
        row.getImageFileName(),
        String.valueOf(row.getEprocess() & ADDRESS_48_BITS),
        seconds(row.getCreateTime()),
        seconds(row.getExitTime()),
        String.valueOf(row.getThreads()),
        String.valueOf(row.getHandles()),
        String.valueOf(row.getSessionId()),
        String.valueOf(row.getWow64()));
  }

  @Test
  void reactosHasTheProcessesThatVolatilityScans() throws IOException {
    Analysis analysis = reactos();
    List<String> expected = new ArrayList<>();
    for (String line : volatility("psscan")) {
      expected.add(text(line, "PID") + " at " + text(line, "Offset(V)"));
    }
    assertThat(expected).hasSize(7);
    assertThat(analysis.processes.stream().filter(ProcessRow::getInPsscan))
        .extracting(row -> row.getPid() + " at " + row.getPhysicalAddress())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void reactosHasTheDriversThatVolatilityAndTheDebuggerList() throws IOException {
    Analysis analysis = reactos();
    List<String> expected = new ArrayList<>();
    for (String line : volatility("modules")) {
      expected.add(
          String.join(
              "|",
              text(line, "Base"),
              text(line, "Size"),
              text(line, "Name"),
              text(line, "Path").replace("\\\\", "\\"),
              text(line, "Offset")));
    }
    assertThat(expected).hasSize(54);
    assertThat(analysis.kernelModules)
        .extracting(
            row ->
                String.join(
                    "|",
                    String.valueOf(row.getBase() & ADDRESS_48_BITS),
                    String.valueOf(row.getSize()),
                    row.getName(),
                    row.getPath(),
                    String.valueOf(row.getLdrEntry() & ADDRESS_48_BITS)))
        .containsExactlyElementsOf(expected);
    assertThat(debuggerModules())
        .containsAll(
            analysis.kernelModules.stream()
                .map(row -> module(row.getBase(), row.getSize(), row.getName()))
                .toList());
  }

  @Test
  void reactosHasTheThreadsThatVolatilityListsAndThoseThatEnded() throws IOException {
    Analysis analysis = reactos();
    List<String> expected = new ArrayList<>();
    for (String line : volatility("threads")) {
      expected.add(text(line, "PID") + "." + text(line, "TID") + " at " + text(line, "Offset"));
    }
    assertThat(expected).hasSize(40);
    assertThat(analysis.threads.stream().filter(ThreadRow::getInList))
        .extracting(
            row ->
                row.getPid() + "." + row.getTid() + " at " + (row.getEthread() & ADDRESS_48_BITS))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(analysis.threads.stream().filter(row -> !row.getInList()))
        .hasSize(8)
        .allSatisfy(row -> assertThat(row.getState()).isEqualTo("terminated"))
        .extracting(ThreadRow::getPid)
        .containsOnly(168, 208);
  }

  @Test
  void csrssOfReactosHasTheModulesThatTheDebuggerListed() throws IOException {
    Analysis analysis = reactos();
    List<ModuleRow> rows = analysis.modules.stream().filter(row -> row.getPid() == 124).toList();
    assertThat(rows).hasSize(19).allSatisfy(row -> assertThat(row.getGaps()).isNull());
    assertThat(debuggerModules())
        .containsAll(
            rows.stream().map(row -> module(row.getBase(), row.getSize(), row.getName())).toList());
    assertThat(rows.stream().filter(row -> !row.getInInit()))
        .extracting(ModuleRow::getName)
        .containsExactly("csrss.exe");
  }

  /** Lines {@code BASE SIZE NAME} of the kernel debugger, spelled as {@link #module} does. */
  private static List<String> debuggerModules() throws IOException {
    Pattern line = Pattern.compile("\\s+([0-9A-F]{16})\\s+([0-9a-f]{8})\\s+(\\S+)");
    List<String> modules = new ArrayList<>();
    for (String text : Files.readAllLines(SampleData.file("images/reactos-amd64.truth.txt"))) {
      Matcher found = line.matcher(text);
      if (found.matches()) {
        modules.add(
            module(
                Long.parseUnsignedLong(found.group(1), 16),
                Long.parseLong(found.group(2), 16),
                found.group(3)));
      }
    }
    return modules;
  }

  private static String module(long base, long size, String name) {
    return Hex.address(base) + " " + Hex.address(size) + " " + name;
  }

  private static List<String> reasons(Analysis analysis, String table) {
    return analysis.errors.stream()
        .filter(row -> row.getTableName().equals(table))
        .map(ErrorRow::getReason)
        .toList();
  }

  private static List<String> volatility(String plugin) throws IOException {
    return Files.readAllLines(SampleData.file("images/reactos-volatility3/" + plugin + ".jsonl"))
        .stream()
        .filter(line -> !line.isBlank())
        .toList();
  }

  private static String text(String line, String key) {
    Matcher value =
        Pattern.compile(Pattern.quote("\"" + key + "\": ") + "(\"([^\"]*)\"|[^,}]+)").matcher(line);
    assertThat(value.find()).as("%s in %s", key, line).isTrue();
    return value.group(2) == null ? value.group(1) : value.group(2);
  }

  private static String time(String line, String key) {
    String text = text(line, key);
    return text.equals("null") ? text : Instant.parse(text.replace("+00:00", "Z")).toString();
  }

  private static String seconds(Instant time) {
    return time == null ? "null" : Instant.ofEpochSecond(time.getEpochSecond()).toString();
  }
}
