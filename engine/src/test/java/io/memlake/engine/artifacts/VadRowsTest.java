package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.ModuleRow;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.schemas.row.VadRow;
import io.memlake.testdata.machine.ReferenceMachine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What page tables say about ranges. */
class VadRowsTest {

  private static Analysis analysis(int build) throws IOException {
    return Analysis.of(
        new SyntheticImage(ReferenceMachine.of(build)), SampleMachines.embeddedSymbols());
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 22000})
  void pagesOfImagesAreAsManyAsTheModulesHave(int build) throws IOException {
    Analysis analysis = analysis(build);
    List<VadRow> images =
        analysis.rows(VadRow.class).stream().filter(row -> row.getType().equals("image")).toList();
    int compared = 0;
    for (ModuleRow module : analysis.modules) {
      VadRow vad =
          images.stream()
              .filter(row -> row.getPid().equals(module.getPid()))
              .filter(row -> row.getStart().equals(module.getBase()))
              .findFirst()
              .orElseThrow();
      assertThat(vad.getPagesPresent()).isEqualTo(module.getPagesPresent().longValue());
      assertThat(vad.getPagesExec()).isPositive().isLessThan(vad.getPagesPresent());
      assertThat(vad.getFile()).endsWithIgnoringCase(module.getName());
      compared++;
    }
    assertThat(compared).isGreaterThan(100);
  }

  @Test
  void injectedMemoryIsPrivateAndExecutable() throws IOException {
    Analysis analysis = analysis(19041);
    ProcessRow process =
        analysis.processes.stream()
            .filter(row -> row.getImageFileName().equals("calc.exe"))
            .findFirst()
            .orElseThrow();
    List<VadRow> found =
        analysis.rows(VadRow.class).stream()
            .filter(row -> row.getPid().equals(process.getPid()))
            .filter(row -> row.getProtection().equals("PAGE_EXECUTE_READWRITE"))
            .toList();
    assertThat(found).hasSize(1);
    assertThat(found.get(0).getPrivateMemory()).isTrue();
    assertThat(found.get(0).getType()).isEqualTo("private");
    assertThat(found.get(0).getPagesPresent()).isEqualTo(2);
    assertThat(found.get(0).getPagesExec()).isEqualTo(2);
    assertThat(found.get(0).getPagesPrivate()).isNull();
    assertThat(found.get(0).getSize()).isEqualTo(0x2000);
  }
}
