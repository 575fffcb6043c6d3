package io.memlake.engine.artifacts.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.artifacts.Analysis;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.ModulePageRow;
import io.memlake.schemas.row.ModuleRow;
import io.memlake.testdata.machine.TamperedMachine;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of code one by one, where one process changed one of them. */
class ModulePageRowsTest {
  @ParameterizedTest
  @ValueSource(ints = {7601, 14393, 22000})
  void theChangedPageIsTheOnlyOneThatDiffers(int build) throws IOException {
    Analysis analysis =
        Analysis.of(
            new SyntheticImage(TamperedMachine.of(build)), SampleMachines.embeddedSymbols());
    List<ModulePageRow> rows = analysis.rows(ModulePageRow.class);
    List<ModulePageRow> own = rows.stream().filter(row -> row.getState().equals("own")).toList();
    assertThat(own).hasSize(1);
    ModulePageRow hook = own.get(0);
    assertThat(hook.getProcess()).isEqualTo("hooked.exe");
    assertThat(hook.getModule()).isEqualTo("ntdll.dll");
    assertThat(hook.getRva()).isEqualTo(0x1000);
    assertThat(hook.getSection()).isEqualTo(".text");
    assertThat(hook.getDiffers()).isTrue();
    assertThat(hook.getBytesChanged()).isBetween(1, TamperedMachine.jump().length);
    assertThat(hook.getFirstChange()).isEqualTo(hook.getVa() + 0x40);
    assertThat(hook.getPageHash()).isNotEqualTo(hook.getSectionHash());
    assertThat(rows)
        .filteredOn(row -> "ntdll.dll".equals(row.getModule()) && row.getRva() == 0x1000)
        .filteredOn(row -> row.getBase() == hook.getBase() && row.getPid() != hook.getPid())
        .hasSizeGreaterThan(5)
        .allSatisfy(
            row -> {
              assertThat(row.getState()).isEqualTo("shared");
              assertThat(row.getPageHash()).isEqualTo(hook.getSectionHash());
              assertThat(row.getRelocatedHash()).isEqualTo(row.getPageHash());
              assertThat(row.getDiffers()).isNull();
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {19041})
  void allPagesOfAllModulesAreAccountedFor(int build) throws IOException {
    Analysis analysis =
        Analysis.of(
            new SyntheticImage(TamperedMachine.of(build)), SampleMachines.embeddedSymbols());
    List<ModulePageRow> rows = analysis.rows(ModulePageRow.class);
    for (ModuleRow module : analysis.modules) {
      if (module.getMapped() == null
          || !module.getMapped()
          || module.getProcess().equals("hollow.exe")) {
        continue;
      }
      List<ModulePageRow> pages =
          rows.stream()
              .filter(
                  row ->
                      row.getEprocess() == module.getEprocess()
                          && row.getBase() == module.getBase())
              .toList();
      assertThat(pages).as(module.getProcess() + " " + module.getName()).isNotEmpty();
      long next = pages.get(0).getVa();
      for (ModulePageRow page : pages) {
        assertThat(page.getVa()).isEqualTo(next);
        assertThat(page.getPresent()).isEqualTo(!page.getState().equals("absent"));
        next += page.getPages() * 0x1000;
      }
      assertThat(next).isLessThanOrEqualTo(module.getBase() + module.getSize());
    }
  }
}
