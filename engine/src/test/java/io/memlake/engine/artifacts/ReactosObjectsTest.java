package io.memlake.engine.artifacts;

import static io.memlake.engine.artifacts.VolatilityGolden.low48;
import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.schemas.row.HandleRow;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.schemas.row.TokenGroupRow;
import io.memlake.schemas.row.TokenPrivilegeRow;
import io.memlake.schemas.row.TokenRow;
import io.memlake.schemas.row.VadRow;
import io.memlake.testdata.golden.GoldenTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What belongs to processes, on the real bytes of a running NT-like kernel. */
class ReactosObjectsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/reactos");
  private static Analysis analysis;

  @BeforeAll
  static void analyze() throws IOException {
    analysis = Analysis.of(SampleMachines.reactos(), SampleMachines.reactosSymbols());
  }

  private static GoldenTable golden(String plugin) throws IOException {
    return GoldenTable.readJsonLines(GOLDEN.resolve(plugin + ".jsonl"));
  }

  @Test
  void handlesAreThoseOfVolatility() throws IOException {
    VolatilityGolden.<HandleRow>of("vol_handles")
        .with("Offset", row -> low48(row.getObject()))
        .with("Name", ReactosObjectsTest::name)
        .check(analysis.rows(HandleRow.class), golden("handles"));
  }

  private static String name(HandleRow row) {
    String name = row.getName() == null ? "" : row.getName();
    return "Key".equals(row.getType()) ? name.replaceFirst("\\\\REGISTRY\\\\?", "") : name;
  }

  @Test
  void thereAreAsManyHandlesAsEachTableSays() {
    for (ProcessRow process : analysis.processes) {
      assertThat(
              analysis.rows(HandleRow.class).stream()
                  .filter(row -> row.getEprocess().equals(process.getEprocess())))
          .as(process.getImageFileName())
          .hasSize(process.getHandles() == null ? 0 : process.getHandles());
    }
  }

  @Test
  void privilegesAreThoseOfVolatility() throws IOException {
    VolatilityGolden.<TokenPrivilegeRow>of("vol_privileges")
        .without("Description")
        .check(analysis.rows(TokenPrivilegeRow.class), golden("privileges"));
  }

  @Test
  void everyProcessRunsAsTheSystem() {
    List<TokenRow> tokens = analysis.rows(TokenRow.class);
    assertThat(tokens).hasSameSizeAs(analysis.processes);
    assertThat(tokens)
        .allSatisfy(
            row -> {
              assertThat(row.getUserSid()).isEqualTo("S-1-5-18");
              assertThat(row.getUserName()).isEqualTo("NT AUTHORITY\\SYSTEM");
              assertThat(row.getLogonId()).isEqualTo(0x3E7);
              assertThat(row.getKind()).isEqualTo("primary");
              assertThat(row.getIntegrity()).isNull();
              assertThat(row.getIsAdmin()).isTrue();
            });
    assertThat(analysis.rows(TokenGroupRow.class))
        .allSatisfy(row -> assertThat(row.getSid()).startsWith("S-1-"))
        .extracting(TokenGroupRow::getName)
        .contains("Everyone", "Administrators", "Authenticated Users");
  }

  @Test
  void rangesHoldTheModulesOfTheirProcess() {
    List<VadRow> vads = analysis.rows(VadRow.class);
    assertThat(analysis.modules).isNotEmpty();
    assertThat(analysis.modules)
        .allSatisfy(
            module ->
                assertThat(vads)
                    .filteredOn(vad -> vad.getEprocess().equals(module.getEprocess()))
                    .filteredOn(vad -> vad.getStart().equals(module.getBase()))
                    .hasSize(1));
  }
}
