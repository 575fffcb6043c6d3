package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.DesktopRow;
import io.memlake.schemas.row.JobRow;
import io.memlake.schemas.row.SessionRow;
import io.memlake.schemas.row.ThreadRow;
import io.memlake.testdata.machine.ReferenceMachine;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.truth.ProcessTruth;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Jobs, sessions, window stations, desktops and queued routines of eight kernels. */
class SessionRowsTest {
  private static final String SANDBOX = "Sandbox";
  private static final Map<Integer, SyntheticMachine> MACHINES = new HashMap<>();
  private static final Map<Integer, Analysis> ANALYSES = new HashMap<>();

  static List<Integer> builds() {
    return SystemMachines.builds();
  }

  static SyntheticMachine machine(int build) {
    return MACHINES.computeIfAbsent(build, ReferenceMachine::sessions);
  }

  static Analysis analysis(int build) throws IOException {
    Analysis analysis = ANALYSES.get(build);
    if (analysis == null) {
      SyntheticImage image = new SyntheticImage(machine(build));
      analysis = Analysis.of(image, SampleMachines.embeddedSymbols());
      ANALYSES.put(build, analysis);
    }
    return analysis;
  }

  private static List<String> labels(int build, String name) {
    return machine(build).truth().processes().stream()
        .filter(process -> process.name().equals(name))
        .map(process -> process.pid() + " " + process.imageFileName())
        .sorted()
        .toList();
  }

  private static String label(int build, String name) {
    return labels(build, name).get(0);
  }

  private static JobRow job(int build, String name) throws IOException {
    return analysis(build).rows(JobRow.class).stream()
        .filter(row -> name.equals(row.getName()))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("builds")
  void aJobShowsItsProcessesItsLimitsAndWhoHasItOpen(int build) throws IOException {
    JobRow job = job(build, SANDBOX);

    assertThat(job.getProcesses()).containsExactlyInAnyOrderElementsOf(labels(build, "worker.exe"));
    assertThat(job.getActiveProcesses()).isEqualTo(2);
    assertThat(job.getTotalProcesses()).isEqualTo(4);
    assertThat(job.getTerminatedProcesses()).isEqualTo(1);
    assertThat(job.getLimits())
        .containsExactly("ACTIVE_PROCESS", "JOB_MEMORY", "KILL_ON_JOB_CLOSE");
    assertThat(job.getActiveProcessLimit()).isEqualTo(4);
    assertThat(job.getJobMemoryLimit()).isEqualTo(0x4000L * 4096);
    assertThat(job.getPeakJobMemory()).isEqualTo(0x123L * 4096);
    assertThat(job.getProcessMemoryLimit()).isNull();
    assertThat(job.getUiRestrictions())
        .containsExactly("READCLIPBOARD", "WRITECLIPBOARD", "DESKTOP");
    assertThat(job.getHolders()).containsExactly(label(build, "injected.exe"));
    assertThat(job.getSessionId()).isEqualTo(1);
    assertThat(List.of(job.getInList(), job.getInProcesses(), job.getInHandles(), job.getInScan()))
        .containsOnly(true);
    assertThat(job.getSource()).isEqualTo("walk");
    assertThat(job.getConfidence()).isEqualTo(100);
  }

  @ParameterizedTest
  @MethodSource("builds")
  void aProcessThatSaysItIsInAJobAndIsNotInItsListIsNamed(int build) throws IOException {
    assertThat(job(build, SANDBOX).getMissingProcesses())
        .containsExactly(label(build, "stray.exe"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void aJobThatTheKernelsListLacksIsFoundByItsProcessAndByTheScan(int build) throws IOException {
    List<JobRow> nameless =
        analysis(build).rows(JobRow.class).stream().filter(row -> row.getName() == null).toList();

    assertThat(nameless).hasSize(1);
    assertThat(nameless.get(0).getProcesses()).containsExactly(label(build, "spoolsv.exe"));
    assertThat(nameless.get(0).getInList()).isFalse();
    assertThat(nameless.get(0).getInProcesses()).isTrue();
    assertThat(nameless.get(0).getInHandles()).isFalse();
    assertThat(nameless.get(0).getInScan()).isTrue();
    assertThat(nameless.get(0).getLimits()).isNull();
  }

  @ParameterizedTest
  @MethodSource("builds")
  void everySessionHasItsSpaceItsProcessesAndItsStations(int build) throws IOException {
    List<SessionRow> sessions = analysis(build).rows(SessionRow.class);
    List<ProcessTruth> ofUser =
        machine(build).truth().processes().stream()
            .filter(process -> process.sessionId().equals(Optional.of(1)))
            .filter(process -> process.exitTime() == 0)
            .toList();

    assertThat(sessions).extracting(SessionRow::getSessionId).containsExactly(0, 1);
    SessionRow user = sessions.get(1);
    assertThat(user.getSessionSpace()).isNegative();
    assertThat(user.getProcesses()).hasSize(ofUser.size()).contains(label(build, "explorer.exe"));
    assertThat(user.getMissingProcesses()).isNull();
    assertThat(user.getProcessCount()).isEqualTo(ofUser.size());
    assertThat(user.getSessionName()).isEqualTo("Console");
    assertThat(user.getWindowStations()).containsExactly("WinSta0");
    assertThat(user.getListRead()).isTrue();
    assertThat(sessions.get(0).getSessionName()).isNull();
    assertThat(sessions.get(0).getWindowStations()).containsExactly("Service-0x0-3e7$");
    assertThat(sessions.get(0).getUserNames()).contains("NT AUTHORITY\\SYSTEM");
  }

  @ParameterizedTest
  @MethodSource("builds")
  void aDesktopThatOneProgramAloneHasOpenStandsOut(int build) throws IOException {
    DesktopRow unseen = desktop(build, "unseen");

    assertThat(unseen.getType()).isEqualTo("Desktop");
    assertThat(unseen.getHolders()).containsExactly(label(build, "injected.exe"));
    assertThat(unseen.getWindowStationName()).isEqualTo("WinSta0");
    assertThat(unseen.getSessionId()).isEqualTo(1);
    assertThat(unseen.getInTree()).isNull();
    assertThat(unseen.getInHandles()).isTrue();
    assertThat(unseen.getInScan()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("builds")
  void windowStationsAreThoseOfTheDirectoryAndOfHandles(int build) throws IOException {
    List<DesktopRow> stations =
        analysis(build).rows(DesktopRow.class).stream()
            .filter(row -> row.getType().equals("WindowStation"))
            .toList();

    assertThat(stations)
        .extracting(DesktopRow::getPath)
        .containsExactly(
            "\\Windows\\WindowStations\\Service-0x0-3e7$",
            "\\Sessions\\1\\Windows\\WindowStations\\WinSta0");
    assertThat(stations).extracting(DesktopRow::getSessionId).containsExactly(0, 1);
    assertThat(stations).allMatch(row -> row.getInTree() && row.getInHandles() && row.getInScan());
  }

  @ParameterizedTest
  @MethodSource("builds")
  void aDesktopThatWasClosedIsFoundByTheScanAlone(int build) throws IOException {
    List<DesktopRow> freed =
        analysis(build).rows(DesktopRow.class).stream()
            .filter(row -> Boolean.TRUE.equals(row.getFreed()))
            .toList();

    assertThat(freed).hasSize(1);
    DesktopRow closed = freed.get(0);
    assertThat(closed.getType()).isEqualTo("Desktop");
    assertThat(closed.getSource()).isEqualTo("scan");
    // Up to Windows 10 1809 a freed block loses its first words to the list of free blocks.
    assertThat(closed.getName()).isEqualTo(build < 18362 ? null : "closed");
    assertThat(closed.getInHandles()).isFalse();
    assertThat(closed.getHolders()).isNull();
    assertThat(closed.getSessionId()).isNull();
    assertThat(closed.getGaps()).containsExactly("window_station:not_available");
  }

  private static DesktopRow desktop(int build, String name) throws IOException {
    return analysis(build).rows(DesktopRow.class).stream()
        .filter(row -> name.equals(row.getName()))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("builds")
  void routinesQueuedToAThreadAreCountedAndPlaced(int build) throws IOException {
    ThreadRow injected = firstThread(build, "injected.exe");
    ThreadRow usual = firstThread(build, "spoolsv.exe");

    assertThat(injected.getUserApcs()).isEqualTo(2);
    assertThat(injected.getKernelApcs()).isZero();
    assertThat(injected.getUserApcPending()).isTrue();
    assertThat(injected.getKernelApcPending()).isFalse();
    assertThat(injected.getApcQueueable()).isTrue();
    assertThat(injected.getUserApcBacked()).isFalse();
    assertThat(injected.getUserApcModule()).isNull();
    assertThat(usual.getUserApcs()).isEqualTo(1);
    assertThat(usual.getKernelApcs()).isEqualTo(1);
    assertThat(usual.getUserApcBacked()).isTrue();
    assertThat(usual.getUserApcModule()).isEqualToIgnoringCase("ntdll.dll");
    ThreadRow quiet = firstThread(build, "explorer.exe");
    assertThat(quiet.getUserApcs()).isZero();
    assertThat(quiet.getUserApcRoutine()).isNull();
    assertThat(quiet.getUserApcBacked()).isNull();
    assertThat(quiet.getAttachedProcess()).isNull();
  }

  private static ThreadRow firstThread(int build, String process) throws IOException {
    ProcessTruth truth =
        machine(build).truth().processes().stream()
            .filter(found -> found.name().equals(process))
            .findFirst()
            .orElseThrow();
    long tid = truth.threads().get(0).tid();
    return analysis(build).threads.stream()
        .filter(row -> row.getTid() == tid)
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("builds")
  void nothingIsAmissOnASoundMachine(int build) throws IOException {
    assertThat(analysis(build).errors)
        .filteredOn(
            row -> List.of("jobs", "sessions", "desktops", "threads").contains(row.getTableName()))
        .isEmpty();
  }
}
