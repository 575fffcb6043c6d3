package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SymbolMatch;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.HostRow;
import io.memlake.schemas.row.KernelModuleRow;
import io.memlake.schemas.row.ModuleRow;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.schemas.row.ThreadRow;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.truth.HostTruth;
import io.memlake.testdata.truth.ModuleTruth;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.ThreadTruth;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was put into a machine comes out as rows, for every kernel line. */
class SyntheticRowsTest {

  @ParameterizedTest
  @ValueSource(ints = {7601, 9600, 14393, 17763, 18362, 19041, 20348, 22000})
  void rowsAreExactlyWhatTheMachineHolds(int build) throws IOException {
    SyntheticMachine machine = Machines.everyPresence(build).build();
    Analysis analysis = Analysis.of(new SyntheticImage(machine), SampleMachines.embeddedSymbols());

    assertHost(analysis, machine.truth().host());
    assertThat(analysis.processes.stream().map(SyntheticRowsTest::line))
        .containsExactlyInAnyOrderElementsOf(
            machine.truth().processes().stream().map(SyntheticRowsTest::line).toList());
    assertThat(analysis.threads.stream().map(SyntheticRowsTest::line))
        .containsExactlyInAnyOrderElementsOf(threadLines(machine.truth().processes()));
    assertThat(analysis.modules.stream().map(SyntheticRowsTest::line))
        .containsExactlyInAnyOrderElementsOf(moduleLines(machine.truth().processes()));
    assertThat(analysis.kernelModules.stream().map(SyntheticRowsTest::line))
        .containsExactlyElementsOf(
            machine.truth().kernelModules().stream()
                .map(
                    module ->
                        String.join(
                            "|",
                            Long.toHexString(module.entry()),
                            Long.toHexString(module.base()),
                            Long.toHexString(module.size()),
                            module.name(),
                            module.path(),
                            "list true scan true"))
                .toList());
    assertThat(analysis.errorsOfProcesses()).isEmpty();
    assertThat(analysis.collected.listBreaks()).isZero();
  }

  private static void assertHost(Analysis analysis, HostTruth truth) {
    assertThat(analysis.description.symbolMatch()).isEqualTo(SymbolMatch.PDB_ID);
    assertThat(analysis.description.confidence()).isEqualTo(100);
    assertThat(analysis.description.notes()).isEmpty();
    HostRow host = analysis.hosts.get(0);
    assertThat(host.getDtb()).isEqualTo(truth.dtb());
    assertThat(host.getKernelBase()).isEqualTo(truth.kernelBase());
    assertThat(host.getKernelSize()).isEqualTo(truth.kernelSize());
    assertThat(host.getKdbg()).isEqualTo(truth.debuggerDataBlock());
    assertThat(host.getNtBuild()).isEqualTo(truth.kernel().build());
    assertThat(host.getSnapshotTime()).isEqualTo(FileTimes.instant(truth.systemTime()));
    assertThat(host.getBootTime()).isEqualTo(FileTimes.instant(truth.bootTime()));
    assertThat(host.getCpus()).isEqualTo(truth.processors());
  }

  private static String line(ProcessTruth truth) {
    boolean readable = truth.presence().isRunning() && truth.peb() != 0;
    return String.join(
        "|",
        truth.pid() + "<" + truth.ppid(),
        truth.imageFileName(),
        Long.toHexString(truth.eprocess()),
        Long.toHexString(truth.physicalEprocess()),
        Long.toHexString(truth.dtb()),
        time(truth.createTime()),
        time(truth.exitTime()),
        truth.presence().isRunning() ? "running" : "terminated",
        "session " + truth.sessionId().filter(id -> truth.presence().isRunning()).orElse(null),
        "path " + (readable ? truth.imagePath() : null),
        "command " + (readable ? truth.commandLine() : null),
        "directory " + (readable ? truth.currentDirectory() : null),
        "kernel " + (truth.auditPath().isEmpty() ? null : truth.auditPath()),
        "wow64 " + truth.wow64() + " " + Long.toHexString(truth.peb32()),
        "threads " + truth.activeThreads(),
        "handles " + (truth.objectTable() == 0 ? null : truth.handles().size()),
        "list " + truth.presence().isListed() + " scan true");
  }

  private static String line(ProcessRow row) {
    // A process that ended has lost its session's mapping; what is left of it may still say it.
    boolean running = row.getState().equals("running");
    return String.join(
        "|",
        row.getPid() + "<" + row.getPpid(),
        row.getImageFileName(),
        Long.toHexString(row.getEprocess()),
        Long.toHexString(row.getPhysicalAddress()),
        Long.toHexString(row.getDtb()),
        String.valueOf(row.getCreateTime()),
        String.valueOf(row.getExitTime()),
        row.getState(),
        "session " + (running ? row.getSessionId() : null),
        "path " + row.getPath(),
        "command " + row.getCommandLine(),
        "directory " + row.getCwd(),
        "kernel " + row.getKernelPath(),
        "wow64 " + row.getWow64() + " " + Long.toHexString(orZero(row.getPeb32())),
        "threads " + row.getThreads(),
        "handles " + row.getHandles(),
        "list " + row.getInPslist() + " scan " + row.getInPsscan());
  }

  private static List<String> threadLines(List<ProcessTruth> processes) {
    List<String> lines = new ArrayList<>();
    for (ProcessTruth process : processes) {
      for (ThreadTruth thread : process.threads()) {
        boolean exited = thread.exitTime() != 0;
        lines.add(
            String.join(
                "|",
                process.pid() + "." + thread.tid(),
                Long.toHexString(thread.ethread()),
                Long.toHexString(thread.physicalEthread()),
                Long.toHexString(thread.startAddress()),
                Long.toHexString(thread.win32StartAddress()),
                Long.toHexString(thread.teb()),
                time(thread.createTime()),
                time(thread.exitTime()),
                "list " + !exited + " scan true"));
      }
    }
    return lines;
  }

  private static String line(ThreadRow row) {
    return String.join(
        "|",
        row.getPid() + "." + row.getTid(),
        Long.toHexString(row.getEthread()),
        Long.toHexString(row.getPhysicalAddress()),
        Long.toHexString(orZero(row.getStartAddress())),
        Long.toHexString(orZero(row.getWin32StartAddress())),
        Long.toHexString(orZero(row.getTeb())),
        String.valueOf(row.getCreateTime()),
        String.valueOf(row.getExitTime()),
        "list " + row.getInList() + " scan " + row.getInScan());
  }

  private static List<String> moduleLines(List<ProcessTruth> processes) {
    List<String> lines = new ArrayList<>();
    for (ProcessTruth process : processes) {
      if (process.presence().isRunning()) {
        process.modules().forEach(module -> lines.add(line(process, module, 64)));
        process.modules32().forEach(module -> lines.add(line(process, module, 32)));
      }
    }
    return lines;
  }

  private static String line(ProcessTruth process, ModuleTruth module, int bits) {
    return String.join(
        "|",
        Long.toString(process.pid()),
        process.imageFileName(),
        Integer.toString(bits),
        Long.toHexString(module.entry()),
        Long.toHexString(module.base()),
        Long.toHexString(module.size()),
        module.name(),
        module.path());
  }

  private static String line(ModuleRow row) {
    return String.join(
        "|",
        Integer.toString(row.getPid()),
        row.getProcess(),
        Integer.toString(row.getBits()),
        Long.toHexString(row.getLdrEntry()),
        Long.toHexString(row.getBase()),
        Long.toHexString(row.getSize()),
        row.getName(),
        row.getPath());
  }

  private static String line(KernelModuleRow row) {
    return String.join(
        "|",
        Long.toHexString(row.getLdrEntry()),
        Long.toHexString(row.getBase()),
        Long.toHexString(row.getSize()),
        row.getName(),
        row.getPath(),
        "list " + row.getInList() + " scan " + row.getInScan());
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 19041})
  void rowsComeInTheOrderOfTheTables(int build) throws IOException {
    SyntheticMachine machine = Machines.everyPresence(build).build();
    Analysis analysis = Analysis.of(new SyntheticImage(machine), SampleMachines.embeddedSymbols());
    assertThat(analysis.processes).isSortedAccordingTo(Comparator.comparing(ProcessRow::getPid));
    assertThat(analysis.threads)
        .isSortedAccordingTo(
            Comparator.comparing(ThreadRow::getPid).thenComparing(ThreadRow::getTid));
  }

  private static String time(long fileTime) {
    Instant time = FileTimes.instant(fileTime);
    return String.valueOf(time);
  }

  private static long orZero(Long value) {
    return value == null ? 0 : value;
  }
}
