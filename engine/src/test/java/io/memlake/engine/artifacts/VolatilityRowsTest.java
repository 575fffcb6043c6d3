package io.memlake.engine.artifacts;

import static io.memlake.engine.artifacts.VolatilityGolden.golden;
import static io.memlake.engine.artifacts.VolatilityGolden.low48;
import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.EnvironmentVariableRow;
import io.memlake.schemas.row.HandleRow;
import io.memlake.schemas.row.InjectionRow;
import io.memlake.schemas.row.ModuleRow;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.schemas.row.TokenGroupRow;
import io.memlake.schemas.row.TokenPrivilegeRow;
import io.memlake.schemas.row.VadRow;
import io.memlake.testdata.golden.GoldenTable;
import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.machine.ReferenceMachine;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Our rows, seen through the views, are those that Volatility 3 printed for the same images. What
 * differs by intention stands here as code and in {@code docs/differences.md} as words.
 */
class VolatilityRowsTest {
  private static final int FIRST_BUILD_WITHOUT_TREE_HEAD = 9200;
  private static final Map<Integer, Analysis> ANALYSES = new HashMap<>();

  static List<Integer> builds() {
    return KernelLayout.bundledBuilds();
  }

  private static Analysis analysis(int build) throws IOException {
    Analysis known = ANALYSES.get(build);
    if (known == null) {
      known =
          Analysis.of(
              new SyntheticImage(ReferenceMachine.of(build)), SampleMachines.embeddedSymbols());
      ANALYSES.put(build, known);
    }
    return known;
  }

  /** Rows of processes in the kernel's list, which is where that reader gets processes from. */
  private static <R extends SpecificRecordBase> List<R> listed(Analysis analysis, Class<R> type) {
    Set<Long> listed =
        analysis.processes.stream()
            .filter(ProcessRow::getInPslist)
            .map(ProcessRow::getEprocess)
            .collect(Collectors.toSet());
    List<R> rows =
        analysis.rows(type).stream()
            .filter(row -> listed.contains((Long) row.get("eprocess")))
            .toList();
    assertThat(rows).isNotEmpty();
    return rows;
  }

  @ParameterizedTest
  @MethodSource("builds")
  void rangesOfProcesses(int build) throws IOException {
    VolatilityGolden.<VadRow>of("vol_vadinfo")
        .with("PrivateMemory", row -> row.getPrivateMemory() ? 1 : 0)
        .with("Parent", row -> parent(row, build))
        .check(listed(analysis(build), VadRow.class), golden(build, "vadinfo"));
  }

  /** On Windows 7 the root hangs below a node inside of the process, which is no range. */
  private static Long parent(VadRow row, int build) {
    if (build >= FIRST_BUILD_WITHOUT_TREE_HEAD) {
      return row.getParent() == null ? 0L : row.getParent();
    }
    int head = KernelLayout.bundled(build).struct("_EPROCESS").offset("VadRoot.BalancedRoot");
    return low48(row.getParent() == null ? row.getEprocess() + head : row.getParent());
  }

  @ParameterizedTest
  @MethodSource("builds")
  void handlesOfProcesses(int build) throws IOException {
    Set<String> skipped = freeForThatReader(build);
    VolatilityGolden.<HandleRow>of("vol_handles")
        .with("Offset", row -> low48(row.getObject()))
        .with("Name", VolatilityRowsTest::handleName)
        .check(
            listed(analysis(build), HandleRow.class).stream()
                .filter(row -> !skipped.contains(row.getPid() + ":" + row.getHandle()))
                .toList(),
            golden(build, "handles"));
  }

  /** That reader stops at the control block of the root, whose name it leaves out. */
  private static String handleName(HandleRow row) {
    String name = row.getName() == null ? "" : row.getName();
    return "Key".equals(row.getType()) ? name.substring("\\REGISTRY\\".length()) : name;
  }

  /** Handles whose object has a stored type byte of 0, which that reader takes for free entries. */
  private static Set<String> freeForThatReader(int build) {
    return ReferenceMachine.of(build).truth().processes().stream()
        .flatMap(
            process ->
                process.handles().stream()
                    .filter(handle -> handle.storedTypeIndex() == 0)
                    .map(handle -> process.pid() + ":" + handle.value()))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("builds")
  void sidsOfProcesses(int build) throws IOException {
    // Names are Windows' own here and that reader's own there.
    VolatilityGolden.<TokenGroupRow>of("vol_getsids")
        .without("Name")
        .check(listed(analysis(build), TokenGroupRow.class), golden(build, "getsids"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void privilegesOfProcesses(int build) throws IOException {
    VolatilityGolden.<TokenPrivilegeRow>of("vol_privileges")
        .without("Description")
        .check(listed(analysis(build), TokenPrivilegeRow.class), golden(build, "privileges"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void environmentsOfProcesses(int build) throws IOException {
    VolatilityGolden.<EnvironmentVariableRow>of("vol_envars")
        // That reader shows where the pointer to the block stands, not the block.
        .without("Block")
        .check(listed(analysis(build), EnvironmentVariableRow.class), golden(build, "envars"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void modulesInTheLoadersList(int build) throws IOException {
    VolatilityGolden.<ModuleRow>of("vol_dlllist")
        .check(
            listed(analysis(build), ModuleRow.class).stream()
                .filter(row -> row.getInLoad() && !row.getWow64())
                .toList(),
            golden(build, "dlllist"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void mappedExecutables(int build) throws IOException {
    List<ModuleRow> modules = listed(analysis(build), ModuleRow.class);
    List<String> narrow =
        modules.stream().filter(ModuleRow::getWow64).map(VolatilityRowsTest::place).toList();
    List<String> wide =
        modules.stream().filter(row -> !row.getWow64()).map(VolatilityRowsTest::place).toList();
    // That reader looks for 32-bit modules in the 64-bit lists, where they never are, and lists
    // private memory that begins with MZ, which is in injections here.
    GoldenTable expected =
        GoldenTable.of(
            golden(build, "ldrmodules").rows().stream()
                .filter(
                    row -> {
                      String place = row.get("Pid") + ":" + row.get("Base");
                      boolean file = row.get("MappedPath") != null;
                      return file && (wide.contains(place) || !narrow.contains(place));
                    })
                .toList());
    VolatilityGolden.<ModuleRow>of("vol_ldrmodules")
        .check(
            modules.stream().filter(row -> row.getMapped() && !row.getWow64()).toList(), expected);
  }

  private static String place(ModuleRow row) {
    return row.getPid() + ":" + row.getBase();
  }

  @ParameterizedTest
  @MethodSource("builds")
  void injectedMemory(int build) throws IOException {
    VolatilityGolden.<InjectionRow>of("vol_malfind")
        .with("PrivateMemory", row -> row.getPrivateMemory() ? 1 : 0)
        .with("Notes", row -> row.getHasMz() ? "MZ header" : null)
        .without("Hexdump")
        .without("Disasm")
        .check(
            listed(analysis(build), InjectionRow.class).stream()
                .filter(row -> row.getReason().endsWith("_rwx"))
                .toList(),
            golden(build, "malfind"));
  }

  /**
   * Up to 8.1 that reader mixes physical and virtual addresses and lists each process twice; and it
   * leaves out names that hold anything but letters.
   */
  @ParameterizedTest
  @ValueSource(ints = {14393, 17763, 18362, 19041, 20348, 22000})
  void sourcesThatKnowProcesses(int build) throws IOException {
    VolatilityGolden.<ProcessRow>of("vol_psxview")
        .with("Offset(Virtual)", row -> low48(row.getEprocess()))
        .with("Exit Time", row -> exitTime(row.getExitTime()))
        .check(
            analysis(build).processes.stream()
                .filter(row -> row.getImageFileName().matches("[A-Za-z.]+"))
                .toList(),
            golden(build, "psxview"));
  }

  private static String exitTime(Instant time) {
    return time == null
        ? ""
        : time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", "+00:00");
  }
}
