package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.artifacts.host.HostArtifact;
import io.memlake.engine.artifacts.process.ProcessArtifact;
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
import io.memlake.schemas.row.ErrorRow;
import io.memlake.schemas.row.HostRow;
import io.memlake.schemas.row.ImageQualityRow;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a host when stages are missing. */
class UnopenedMachineTest {
  private static final SyntheticMachine MACHINE =
      SyntheticMachine.windows(18362).seed(11).standardProcesses().build();

  @Test
  void aHostWithoutKernelStillHasARowThatSaysWhy() throws IOException {
    SyntheticImage image = new SyntheticImage(MACHINE);
    for (long frame = 0; frame < 64 << 8; frame++) {
      // Nothing of the first 64 MiB is left, the page tables among it.
      image.losePage(frame << 12);
    }
    MachineDescription description = discover(image);
    HostRow row = HostArtifact.unopened(description);
    assertThat(row.getNtBuild()).isNull();
    assertThat(row.getArch()).isNull();
    assertThat(row.getRamBytes())
        .isEqualTo(MACHINE.runs().stream().mapToLong(run -> run.count() << 12).sum());
    assertThat(row.getConfidence()).isZero();
    assertThat(row.getWarnings())
        .singleElement()
        .asString()
        .startsWith("No Windows page tables found in synthetic.raw");
    ImageQualityRow quality =
        ImageQuality.row(
            description,
            PagedOutDescription.NONE,
            new QualityCounts(null, null, null, null, null, null, false, null, null, null));
    assertThat(quality.getVerdict()).isEqualTo("unusable");
    assertThat(quality.getListBreaks()).isNull();
  }

  @Test
  void withoutAScanNothingIsSaidAboutIt() throws IOException {
    SyntheticImage image = new SyntheticImage(MACHINE);
    List<ProcessRow> rows = new ArrayList<>();
    List<ErrorRow> errors = new ArrayList<>();
    try (Machine machine =
        Machine.open(discover(image), new LocalEvidence(), SampleMachines.embeddedSymbols())) {
      MachineView view = MachineView.of(machine, Candidates.NOT_SCANNED);
      Collected collected = new ProcessArtifact().collect(view, rows::add, errors::add);
      assertThat(collected.walkOnly()).isZero();
    }
    assertThat(errors).isEmpty();
    assertThat(rows)
        .hasSameSizeAs(MACHINE.truth().listed())
        .allSatisfy(
            row -> {
              assertThat(row.getInPslist()).isTrue();
              assertThat(row.getInPsscan()).isNull();
              assertThat(row.getInThreads()).isNull();
              assertThat(row.getConfidence()).isEqualTo(90);
            });
  }

  @Test
  void aWholeImageIsGood() throws IOException {
    SyntheticImage image = new SyntheticImage(MACHINE);
    Analysis analysis = Analysis.of(image, SampleMachines.embeddedSymbols());
    ImageQualityRow quality =
        ImageQuality.row(
            analysis.description,
            PagedOutDescription.NONE,
            new QualityCounts(100L, 0, 50L, 0L, 0L, analysis.collected, true, null, null, null));
    assertThat(quality.getVerdict()).isEqualTo("good");
    assertThat(quality.getDetails()).isNull();
    assertThat(quality.getProcsScanOnly()).isZero();
    assertThat(quality.getFramesPresent()).isEqualTo(quality.getFramesTotal());
  }

  @Test
  void failedChunksMakeAnImagePoor() throws IOException {
    SyntheticImage image = new SyntheticImage(MACHINE);
    Analysis analysis = Analysis.of(image, SampleMachines.embeddedSymbols());
    ImageQualityRow quality =
        ImageQuality.row(
            analysis.description,
            PagedOutDescription.NONE,
            new QualityCounts(100L, 3, 50L, 2L, 0L, analysis.collected, true, null, null, null));
    assertThat(quality.getVerdict()).isEqualTo("poor");
    assertThat(quality.getDetails())
        .containsExactly("3 chunks failed", "2 page tables are missing");
  }

  private static MachineDescription discover(SyntheticImage image) throws IOException {
    return MachineDiscovery.discover(
        image, new LocalEvidence(), SampleMachines.embeddedSymbols(), DiscoverySettings.DEFAULT);
  }
}
