package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.artifacts.process.ProcessArtifact;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SymbolMatch;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.engine.kernel.calibration.CalibratedField;
import io.memlake.engine.kernel.calibration.Calibration;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.machine.MachineBuilder;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.truth.ProcessTruth;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels that no symbol source knows: their layouts are told by the image itself. */
class CalibratedRowsTest {
  private static final String UNKNOWN_PDB = "0123456789ABCDEF0123456789ABCDEF";

  @ParameterizedTest
  @ValueSource(ints = {9600, 14393, 17763, 18362, 19041, 20348, 22000})
  void anUnknownUpdateGivesExactProcessRows(int build) throws IOException {
    KernelLayout known = KernelLayout.bundled(build);
    SyntheticMachine machine = machine(known.calledOtherwise(versionOf(known), UNKNOWN_PDB));
    Analysis analysis = analyze(machine);
    assertThat(analysis.description.symbolMatch()).isEqualTo(SymbolMatch.CALIBRATED);
    assertOffsets(analysis, known);
    assertRows(analysis, machine);
  }

  @ParameterizedTest
  @ValueSource(ints = {17763, 19041, 22000})
  void membersThatMovedAreFoundWhereTheyAre(int build) throws IOException {
    KernelLayout moved =
        KernelLayout.bundled(build)
            .calledOtherwise("10.0." + build + ".9999", UNKNOWN_PDB)
            .withRoomIn("_EPROCESS", 0x300, 0x18)
            .withRoomIn("_EPROCESS", 0x458, 0x20);
    SyntheticMachine machine = machine(moved);
    Analysis analysis = analyze(machine);
    assertThat(analysis.description.symbolMatch()).isEqualTo(SymbolMatch.CALIBRATED);
    assertOffsets(analysis, moved);
    assertRows(analysis, machine);
  }

  @Test
  void aBuildThatNobodyKnowsBorrowsFromItsNeighbourAndIsCorrected() throws IOException {
    KernelLayout future =
        KernelLayout.bundled(22000)
            .calledOtherwise("10.0.26100.1", UNKNOWN_PDB)
            .withRoomIn("_EPROCESS", 0x460, 0x40);
    SyntheticMachine machine = machine(future);
    Analysis analysis = analyze(machine);
    assertThat(analysis.description.version().build()).isEqualTo(26100);
    assertOffsets(analysis, future);
    assertRows(analysis, machine);
  }

  @Test
  void aMachineWithSystemAloneIsNotRefused() throws IOException {
    KernelLayout known = KernelLayout.bundled(19041);
    SyntheticMachine machine =
        SyntheticMachine.kernel(known.calledOtherwise(versionOf(known), UNKNOWN_PDB))
            .standardProcesses()
            .build();
    SyntheticImage image = new SyntheticImage(machine);
    // Everything behind System is lost.
    for (ProcessTruth process : machine.truth().processes()) {
      if (process.pid() != 4) {
        image.losePage(process.physicalEprocess());
      }
    }
    List<ProcessRow> rows = new ArrayList<>();
    Analysis.view(
        image,
        SampleMachines.embeddedSymbols(),
        view -> new ProcessArtifact().collect(view, rows::add, error -> {}));
    assertThat(rows)
        .anySatisfy(
            row -> {
              assertThat(row.getPid()).isEqualTo(4);
              assertThat(row.getImageFileName()).isEqualTo("System");
              // No other process proves where environment blocks are named.
              assertThat(row.getPeb()).isNull();
            });
  }

  @Test
  void whatNothingProvesIsLeftOutAndSaid() throws IOException {
    KernelLayout known = KernelLayout.bundled(19041);
    SyntheticMachine machine = machine(known.calledOtherwise(versionOf(known), UNKNOWN_PDB));
    SyntheticImage image = new SyntheticImage(machine);
    // Creation times that cannot be: no offset can be proven any more.
    long offset = known.struct("_EPROCESS").offset("CreateTime");
    for (ProcessTruth process : machine.truth().processes()) {
      if (!process.straddles()) {
        image.putI64(process.physicalEprocess() + offset, -1);
      }
    }
    Analysis analysis = Analysis.of(image, SampleMachines.embeddedSymbols());
    CalibratedField time = fields(analysis).get("CreateTime");
    assertThat(time.confidence()).isLessThanOrEqualTo(70);
    assertThat(time.reason()).contains("no process proves it");
  }

  private static SyntheticMachine machine(KernelLayout layout) {
    MachineBuilder builder =
        SyntheticMachine.kernel(layout)
            .seed(31)
            .standardProcesses()
            .process("hidden.exe", spec -> spec.parent("explorer.exe").hidden())
            .process(
                "ended.exe",
                spec -> spec.parent("explorer.exe").terminatedAfter(Duration.ofMinutes(1)));
    return builder.build();
  }

  private static Analysis analyze(SyntheticMachine machine) throws IOException {
    return Analysis.of(new SyntheticImage(machine), SampleMachines.embeddedSymbols());
  }

  private static String versionOf(KernelLayout layout) {
    return layout.identity().major()
        + "."
        + layout.identity().minor()
        + "."
        + layout.build()
        + ".31337";
  }

  private static Map<String, CalibratedField> fields(Analysis analysis) {
    Calibration calibration = analysis.description.calibrated().orElseThrow();
    return calibration.fields().stream()
        .collect(Collectors.toMap(CalibratedField::field, field -> field));
  }

  /** Every field that was found is where it is, and those that rows need were found. */
  private static void assertOffsets(Analysis analysis, KernelLayout layout) {
    Map<String, CalibratedField> fields = fields(analysis);
    for (CalibratedField field : fields.values()) {
      if (field.isFound() && layout.struct("_EPROCESS").has(field.field())) {
        assertThat(field.offset())
            .as(field.toString())
            .isEqualTo(layout.struct("_EPROCESS").offset(field.field()));
      }
    }
    assertThat(
            fields.values().stream()
                .filter(CalibratedField::isFound)
                .map(CalibratedField::field)
                .toList())
        .contains(
            "UniqueProcessId",
            "ActiveProcessLinks",
            "InheritedFromUniqueProcessId",
            "ImageFileName",
            "CreateTime",
            "ThreadListHead",
            "ActiveThreads",
            "Peb",
            "SectionBaseAddress",
            "ObjectTable",
            "SeAuditProcessCreationInfo");
  }

  private static void assertRows(Analysis analysis, SyntheticMachine machine) {
    List<ProcessTruth> listed =
        machine.truth().listed().stream()
            .sorted(Comparator.comparingLong(ProcessTruth::pid))
            .toList();
    List<ProcessRow> rows =
        analysis.processes.stream()
            .filter(ProcessRow::getInPslist)
            .sorted(Comparator.comparingInt(ProcessRow::getPid))
            .toList();
    assertThat(rows).hasSameSizeAs(listed);
    for (int i = 0; i < rows.size(); i++) {
      ProcessRow row = rows.get(i);
      ProcessTruth truth = listed.get(i);
      assertThat(row.getPid()).isEqualTo((int) truth.pid());
      assertThat(row.getPpid()).isEqualTo((int) truth.ppid());
      assertThat(row.getImageFileName()).isEqualTo(truth.imageFileName());
      assertThat(row.getEprocess()).isEqualTo(truth.eprocess());
      assertThat(row.getDtb()).isEqualTo(truth.dtb());
      assertThat(row.getPeb()).isEqualTo(truth.peb() == 0 ? null : truth.peb());
      assertThat(row.getCommandLine())
          .isEqualTo(truth.commandLine().isEmpty() ? null : truth.commandLine());
      if (truth.presence().isRunning()) {
        assertThat(row.getThreads()).isEqualTo(truth.activeThreads());
      }
    }
  }
}
