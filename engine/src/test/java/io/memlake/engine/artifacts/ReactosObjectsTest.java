package io.memlake.engine.artifacts;

import static io.memlake.engine.artifacts.VolatilityGolden.low48;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.schemas.row.DesktopRow;
import io.memlake.schemas.row.HandleRow;
import io.memlake.schemas.row.JobRow;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.schemas.row.SessionRow;
import io.memlake.schemas.row.ThreadRow;
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

  @Test
  void everyDesktopKnowsItsWindowStation() {
    assertThat(analysis.rows(DesktopRow.class))
        .extracting(
            DesktopRow::getType,
            DesktopRow::getWindowStationName,
            DesktopRow::getName,
            DesktopRow::getHolders)
        .containsExactly(
            tuple(
                "Desktop",
                "Service-0x0-3e7$",
                "Default",
                List.of("176 LSASS.EXE", "208 svchost.exe")),
            tuple("Desktop", "WinSta0", "Default", List.of("144 winlogon.exe")),
            tuple("Desktop", "WinSta0", "Screen-Saver", List.of("144 winlogon.exe")),
            tuple("Desktop", "WinSta0", "Winlogon", List.of("124 csrss.exe", "144 winlogon.exe")),
            tuple(
                "WindowStation",
                null,
                "Service-0x0-3e7$",
                List.of("176 LSASS.EXE", "208 svchost.exe")),
            tuple("WindowStation", null, "WinSta0", List.of("124 csrss.exe", "144 winlogon.exe")));
    assertThat(analysis.rows(DesktopRow.class))
        .allSatisfy(
            row -> {
              assertThat(row.getSessionId()).isZero();
              assertThat(row.getInScan()).isTrue();
              assertThat(row.getConfidence()).isEqualTo(100);
            });
  }

  @Test
  void theOneSessionHoldsTheProcessesBehindTheSessionManager() {
    List<SessionRow> sessions = analysis.rows(SessionRow.class);
    assertThat(sessions).hasSize(1);
    assertThat(sessions.get(0).getSessionId()).isZero();
    assertThat(sessions.get(0).getProcesses())
        .containsExactly("124 csrss.exe", "144 winlogon.exe", "176 LSASS.EXE", "208 svchost.exe");
    assertThat(sessions.get(0).getMissingProcesses()).isNull();
    assertThat(sessions.get(0).getWindowStations()).containsExactly("Service-0x0-3e7$", "WinSta0");
  }

  @Test
  void noRoutineWaitsInAnyThreadThatLives() {
    List<ThreadRow> alive =
        analysis.threads.stream().filter(row -> !"terminated".equals(row.getState())).toList();
    assertThat(alive).hasSizeGreaterThan(30);
    assertThat(alive)
        .allSatisfy(
            row -> {
              assertThat(row.getKernelApcs()).isZero();
              assertThat(row.getUserApcs()).isZero();
            });
  }

  @Test
  void thisKernelHasNoListOfJobsAndSaysSo() {
    assertThat(analysis.rows(JobRow.class)).isEmpty();
    assertThat(analysis.error("PspJobList"))
        .hasValueSatisfying(row -> assertThat(row.getReason()).isEqualTo("its head is not known"));
  }
}
