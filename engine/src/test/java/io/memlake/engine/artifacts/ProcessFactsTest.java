package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.EnvironmentVariableRow;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.truth.Presence;
import io.memlake.testdata.truth.ProcessTruth;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parents, users, programs and the places that name a process. */
class ProcessFactsTest {

  private static Analysis analysis(SyntheticMachine machine) throws IOException {
    return Analysis.of(new SyntheticImage(machine), SampleMachines.embeddedSymbols());
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 9600, 14393, 17763, 18362, 19041, 20348, 22000})
  void factsOfEachProcessAreThoseOfTheMachine(int build) throws IOException {
    SyntheticMachine machine = Machines.everyPresence(build).build();
    Analysis analysis = analysis(machine);
    for (ProcessTruth truth : machine.truth().processes()) {
      ProcessRow row = analysis.process(truth.pid());
      boolean runs = truth.presence().isRunning();
      assertThat(row.getUserSid()).as(truth.name()).isEqualTo(truth.userSid());
      assertThat(row.getIntegrity())
          .isEqualTo(truth.userSid().equals("S-1-5-18") ? "System" : "Medium");
      assertThat(row.getInCid()).as(truth.name()).isEqualTo(truth.presence() != Presence.FREED);
      if (truth.sessionId().isPresent()) {
        assertThat(row.getInSession()).as(truth.name()).isEqualTo(runs);
      }
      if (runs && truth.peb() != 0) {
        assertThat(row.getSectionBase()).isEqualTo(truth.modules().get(0).base());
        assertThat(row.getPebImageBase()).isEqualTo(row.getSectionBase());
        assertThat(row.getImageVadType()).isEqualTo("image");
        assertThat(row.getImageVadProtection()).isEqualTo("PAGE_EXECUTE_WRITECOPY");
        assertThat(truth.auditPath()).endsWith(row.getImageFile());
        assertThat(row.getDesktop()).isEqualTo("WinSta0\\Default");
        assertThat(row.getBeingDebugged()).isFalse();
        assertThat(row.getImageFileState()).isEqualTo(build < 14393 ? null : "present");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 19041})
  void aProcessWithoutAProgramFileKeepsTheKernelsName(int build) throws IOException {
    Analysis analysis = analysis(Machines.everyPresence(build).build());
    assertThat(analysis.process(4).getKernelPath()).isNull();
    assertThat(analysis.process(4).getName()).isEqualTo("System");
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 19041})
  void handlesTellWhoIsOpen(int build) throws IOException {
    SyntheticMachine machine = Machines.everyPresence(build).build();
    Analysis analysis = analysis(machine);
    assertThat(analysis.process(4).getInHandles()).isTrue();
    assertThat(analysis.process(4).getInCsrss()).isTrue();
    ProcessRow hidden = analysis.process(machine.truth().process("rootkit.exe").pid());
    assertThat(hidden.getInHandles()).isFalse();
    assertThat(hidden.getInPslist()).isFalse();
    assertThat(hidden.getInSession()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 19041})
  void aParentCountsOnlyWhenItWasThere(int build) throws IOException {
    SyntheticMachine machine = Machines.everyPresence(build).build();
    Analysis analysis = analysis(machine);
    ProcessTruth explorer = machine.truth().process("explorer.exe");
    ProcessRow child = analysis.process(machine.truth().process("rootkit.exe").pid());
    // The spec of these children starts them before the desktop: its id cannot be their parent's.
    boolean before = child.getCreateTime().isBefore(FileTimes.instant(explorer.createTime()));
    assertThat(child.getParentName()).isEqualTo(before ? null : "explorer.exe");
    assertThat(child.getPpidReused()).isEqualTo(before);
    ProcessRow services = analysis.process(machine.truth().process("services.exe").pid());
    assertThat(services.getParentName()).isEqualTo("wininit.exe");
    assertThat(services.getParentAlive()).isTrue();
    assertThat(analysis.process(explorer.pid()).getParentName()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 22000})
  void environmentsAreThoseOfTheMachine(int build) throws IOException {
    SyntheticMachine machine = Machines.everyPresence(build).build();
    Analysis analysis = analysis(machine);
    for (ProcessTruth truth : machine.truth().processes()) {
      Map<String, String> found = new LinkedHashMap<>();
      for (EnvironmentVariableRow row : analysis.rows(EnvironmentVariableRow.class)) {
        if (row.getPid() == truth.pid()) {
          found.put(row.getVariable(), row.getValue());
        }
      }
      assertThat(found).as(truth.name()).isEqualTo(truth.environment());
    }
  }
}
