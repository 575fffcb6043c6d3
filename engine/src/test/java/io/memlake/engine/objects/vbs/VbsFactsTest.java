package io.memlake.engine.objects.vbs;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.quality.ImageQuality;
import io.memlake.engine.artifacts.quality.QualityCounts;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.DiscoverySettings;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.MachineDiscovery;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.engine.objects.pagedout.PagedOutDescription;
import io.memlake.engine.objects.process.EprocessLayout;
import io.memlake.engine.objects.process.ProcessList;
import io.memlake.schemas.row.ImageQualityRow;
import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether a secure kernel ran, and what an examiner then must know. */
class VbsFactsTest {
  private static final String UNSEEN =
      "Virtualisation-based security ran: memory of its secure kernel and of isolated programs"
          + " (VTL 1) is in no image taken inside Windows";

  private MachineDescription description;

  private static MachineBuilder windows() {
    return SyntheticMachine.windows(19041).seed(3).standardProcesses();
  }

  private VbsFacts facts(SyntheticMachine machine) throws IOException {
    description =
        MachineDiscovery.discover(
            new SyntheticImage(machine),
            new LocalEvidence(),
            SampleMachines.embeddedSymbols(),
            DiscoverySettings.DEFAULT);
    try (Machine opened =
        Machine.open(description, new LocalEvidence(), SampleMachines.embeddedSymbols())) {
      EprocessLayout layout = EprocessLayout.resolve(opened.symbols());
      return VbsFacts.of(opened, ProcessList.walk(opened, layout).processes());
    }
  }

  private static long symbol(String name) throws IOException {
    return SampleMachines.embeddedSymbols().known().stream()
        .filter(
            kernel -> kernel.pdb().guid().equals(windows().build().layout().identity().pdbGuid()))
        .map(
            kernel -> {
              try {
                return SampleMachines.embeddedSymbols().find(kernel.pdb()).orElseThrow();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            })
        .findFirst()
        .orElseThrow()
        .symbol(name);
  }

  @Test
  void aMachineWithoutSecureKernelSaysSo() throws IOException {
    VbsFacts facts = facts(windows().build());
    assertThat(facts.state()).isEqualTo(VbsFacts.State.NOT_RUNNING);
    assertThat(facts.evidence()).contains("VslVsmEnabled is 0");
    assertThat(facts.statement()).isEmpty();
  }

  @Test
  void itsProcessesTellThatASecureKernelRan() throws IOException {
    VbsFacts facts =
        facts(
            windows()
                .process("Secure System", process -> process.parent("System").minimal())
                .process("LsaIso.exe", process -> process.parent("wininit.exe"))
                .build());
    assertThat(facts.state()).isEqualTo(VbsFacts.State.RUNNING);
    assertThat(facts.credentialGuard()).isTrue();
    assertThat(facts.evidence())
        .anyMatch(text -> text.startsWith("process Secure System ("))
        .anyMatch(text -> text.startsWith("process LsaIso.exe ("));
    assertThat(facts.statement())
        .startsWith(UNSEEN)
        .endsWith("credentials of LsaIso.exe (Credential Guard) are isolated, not missing");
  }

  @Test
  void aProgramThatOnlyHasTheNameProvesNothing() throws IOException {
    VbsFacts facts =
        facts(
            windows().process("Secure System", process -> process.parent("explorer.exe")).build());
    assertThat(facts.state()).isEqualTo(VbsFacts.State.NOT_RUNNING);
  }

  @Test
  void theKernelsVariablesTellWhereItsProcessesAreHidden() throws IOException {
    SyntheticMachine machine = windows().build();
    long base = machine.truth().host().kernelBase();
    machine.kernelSpace().writeNumber(base + symbol("VslVsmEnabled"), 1, 1);
    machine.kernelSpace().writeNumber(base + symbol("HvlHypervisorConnected"), 1, 1);
    machine.kernelSpace().writeNumber(base + symbol("HvlpVsmVtlCallVa"), 8, base + 0x1000);
    VbsFacts facts = facts(machine);
    assertThat(facts.state()).isEqualTo(VbsFacts.State.RUNNING);
    assertThat(facts.evidence())
        .contains("VslVsmEnabled is 1", "HvlHypervisorConnected is 1")
        .anyMatch(text -> text.startsWith("HvlpVsmVtlCallVa is 0xfffff80"));
    assertThat(facts.statement()).isEqualTo(UNSEEN);
  }

  @Test
  void theStatementStandsInTheQualityOfTheImage() throws IOException {
    VbsFacts facts =
        facts(
            windows()
                .process("Secure System", process -> process.parent("System").minimal())
                .build());
    QualityCounts counts =
        new QualityCounts(0L, 0, 50L, 0L, 0L, Collected.NOTHING, true, facts, null, null);
    ImageQualityRow row = ImageQuality.row(description, PagedOutDescription.NONE, counts);
    assertThat(row.getVbs()).isEqualTo("running");
    assertThat(row.getVbsEvidence()).isEqualTo(facts.evidence());
    assertThat(row.getDetails()).contains(UNSEEN);
    assertThat(List.of("good", "usable")).contains(row.getVerdict());
  }
}
