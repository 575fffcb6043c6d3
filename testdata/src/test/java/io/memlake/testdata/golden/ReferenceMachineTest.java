package io.memlake.testdata.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.machine.ReferenceMachine;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reference machines hold what Volatility 3 read from their images. See {@code
 * golden/volatility3/README.md} for how its rows were made.
 */
class ReferenceMachineTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/volatility3");
  private static final Map<Integer, SyntheticMachine> MACHINES = new HashMap<>();

  static List<Integer> builds() {
    return KernelLayout.bundledBuilds();
  }

  private static SyntheticMachine machine(int build) {
    return MACHINES.computeIfAbsent(build, ReferenceMachine::of);
  }

  private static VolatilityRows rows(int build) {
    return new VolatilityRows(machine(build).truth());
  }

  private static GoldenTable golden(int build, String plugin) throws IOException {
    return GoldenTable.readJsonLines(GOLDEN.resolve(build + "/" + plugin + ".jsonl"));
  }

  /** Compares in the columns that the machine's rows have. */
  private static void check(GoldenTable actual, GoldenTable expected) {
    assertThat(actual.rows()).isNotEmpty();
    String[] columns = actual.rows().get(0).keySet().toArray(String[]::new);
    actual.check(expected.select(columns));
  }

  private static GoldenTable where(GoldenTable table, String column, String pattern) {
    return GoldenTable.of(
        table.rows().stream()
            .filter(row -> row.get(column) != null)
            .filter(row -> row.get(column).toString().matches(pattern))
            .toList());
  }

  @ParameterizedTest
  @MethodSource("builds")
  void listsTheProcesses(int build) throws IOException {
    check(rows(build).pslist(), golden(build, "pslist"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void scansTheProcesses(int build) throws IOException {
    check(rows(build).psscan(), golden(build, "psscan"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void readsCommandLinesAndEnvironments(int build) throws IOException {
    GoldenTable withMemory =
        where(golden(build, "cmdline"), "Args", "(?s)(?!Required memory|Process \\d).*");
    check(rows(build).cmdline(), withMemory);
    check(rows(build).envars(), golden(build, "envars"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void readsModules(int build) throws IOException {
    check(rows(build).dlllist(), golden(build, "dlllist"));
    check(rows(build).modules(), golden(build, "modules"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void readsRegions(int build) throws IOException {
    check(rows(build).vadinfo(), golden(build, "vadinfo"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void readsHandles(int build) throws IOException {
    check(rows(build).handles(), golden(build, "handles"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void readsThreads(int build) throws IOException {
    check(rows(build).threads(), golden(build, "threads"));
    check(rows(build).thrdscan(), golden(build, "thrdscan"));
  }

  /** Its scan takes several places behind a pool header for an object; those have no name. */
  @ParameterizedTest
  @MethodSource("builds")
  void scansDrivers(int build) throws IOException {
    check(rows(build).driverscan(), where(golden(build, "driverscan"), "Driver Name", ".+"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void readsUsers(int build) throws IOException {
    check(rows(build).users(), where(golden(build, "getsids"), "SID", "S-1-5-(18|19|20|21-.*)"));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void describesTheSystem(int build) throws IOException {
    GoldenTable actual = rows(build).info();
    List<Object> names = actual.rows().stream().map(row -> row.get("Variable")).toList();
    List<Map<String, Object>> known =
        golden(build, "info").rows().stream()
            .filter(row -> names.contains(row.get("Variable")))
            .toList();

    check(actual, GoldenTable.of(known));
  }

  @Test
  void bytesHaveNotChangedSinceTheRowsWereMade() throws IOException {
    Path file = GOLDEN.resolve("frames.sha256.jsonl");
    List<Map<String, Object>> digests =
        builds().stream()
            .map(
                build -> {
                  Map<String, Object> row = new TreeMap<>();
                  row.put("build", build);
                  row.put("sha256", FrameDigest.sha256(machine(build)));
                  return row;
                })
            .toList();

    GoldenTable.of(digests).check(file);
    assertThat(Files.readAllLines(file)).hasSize(builds().size());
  }
}
