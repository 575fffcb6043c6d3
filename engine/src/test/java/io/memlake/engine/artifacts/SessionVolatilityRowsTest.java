package io.memlake.engine.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.schemas.row.EnvironmentVariableRow;
import io.memlake.schemas.row.JobRow;
import io.memlake.schemas.row.ProcessRow;
import io.memlake.testdata.golden.GoldenTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sessions and jobs are those that Volatility 3 read from the same machines, {@code
 * ReferenceMachine.sessions}.
 */
class SessionVolatilityRowsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/volatility3");

  static List<Integer> builds() {
    return SystemMachines.builds();
  }

  private static List<Map<String, Object>> golden(int build, String plugin) throws IOException {
    return GoldenTable.readJsonLines(GOLDEN.resolve(build + "/" + plugin + ".jsonl")).rows();
  }

  private static List<Object> columns(Map<String, Object> row, String... names) {
    List<Object> values = new ArrayList<>();
    for (String name : names) {
      Object value = row.get(name);
      values.add(value instanceof Number number ? (Object) number.longValue() : value);
    }
    return values;
  }

  private static List<ProcessRow> listed(int build) throws IOException {
    return SessionRowsTest.analysis(build).processes.stream()
        .filter(ProcessRow::getInPslist)
        .toList();
  }

  private static Long number(Number value) {
    return value == null ? null : value.longValue();
  }

  @ParameterizedTest
  @MethodSource("builds")
  void sessions(int build) throws IOException {
    List<EnvironmentVariableRow> variables =
        SessionRowsTest.analysis(build).rows(EnvironmentVariableRow.class);
    List<List<Object>> rows = new ArrayList<>();
    for (ProcessRow process : listed(build)) {
      Map<String, String> environment = new HashMap<>();
      for (EnvironmentVariableRow variable : variables) {
        if (variable.getEprocess().equals(process.getEprocess())) {
          environment.put(variable.getVariable().toLowerCase(Locale.ROOT), variable.getValue());
        }
      }
      String user = environment.get("username");
      String domain = environment.getOrDefault("userdomain", "");
      Instant created = process.getCreateTime().truncatedTo(ChronoUnit.SECONDS);
      rows.add(
          Arrays.asList(
              number(process.getSessionId()),
              environment.get("sessionname"),
              number(process.getPid()),
              process.getImageFileName(),
              user == null ? null : domain + "/" + user,
              created.toString().replace("Z", "+00:00")));
    }
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            golden(build, "sessions").stream()
                .map(
                    row ->
                        columns(
                            row,
                            "Session ID",
                            "Session Type",
                            "Process ID",
                            "Process",
                            "User Name",
                            "Create Time"))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("builds")
  void joblinks(int build) throws IOException {
    Map<Long, JobRow> jobs = new HashMap<>();
    SessionRowsTest.analysis(build).rows(JobRow.class).forEach(job -> jobs.put(job.getJob(), job));
    List<List<Object>> originals = new ArrayList<>();
    List<List<Object>> links = new ArrayList<>();
    for (ProcessRow process : listed(build)) {
      JobRow job = jobs.get(process.getJob());
      if (job == null) {
        continue;
      }
      originals.add(
          Arrays.asList(
              process.getEprocess() & 0xFFFF_FFFF_FFFFL,
              process.getImageFileName(),
              number(process.getPid()),
              number(process.getSessionId()),
              number(job.getSessionId()),
              job.getTotalProcesses(),
              job.getActiveProcesses(),
              job.getTerminatedProcesses()));
      for (String member : job.getProcesses()) {
        links.add(Arrays.asList(number(process.getPid()), member));
      }
    }
    List<List<Object>> expected = new ArrayList<>();
    List<List<Object>> expectedLinks = new ArrayList<>();
    for (Map<String, Object> row : golden(build, "joblinks")) {
      if (row.get("JobLink") == null) {
        expected.add(
            columns(row, "Offset(V)", "Name", "PID", "Sess", "JobSess", "Total", "Active", "Term"));
      } else {
        expectedLinks.add(
            Arrays.asList(
                number((Number) row.get("Original PID")), row.get("PID") + " " + row.get("Name")));
      }
    }
    assertThat(originals).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(links).containsExactlyInAnyOrderElementsOf(expectedLinks);
    assertThat(originals).isNotEmpty();
    assertThat(links).isNotEmpty();
  }
}
