package io.memlake.jobs.hunt.sigma;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.hunt.run.Coverage;
import io.memlake.jobs.hunt.run.LakeInventory;
import io.memlake.jobs.rows.RowSchema;
import io.memlake.jobs.session.TestSpark;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import io.memlake.schemas.row.SigmaMatchRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigmaHuntTest {
  private static SparkSession session;
  @TempDir private Path folder;

  @BeforeAll
  static void tables() {
    session = TestSpark.session().newSession();
    session.conf().set("spark.sql.codegen.wholeStage", "false");
    for (Table table : Tables.all()) {
      List<String> rows =
          switch (table.name()) {
            case "processes" ->
                List.of(
                    process(
                        100,
                        4,
                        "powershell.exe",
                        "powershell -enc SQBFAFgA%_!x",
                        "C:\\\\W\\\\powershell.exe"),
                    process(200, 100, "cmd.exe", "cmd /c whoami", "C:\\\\W\\\\cmd.exe"),
                    process(
                        300, 4, "it's.exe", "'; DROP TABLE processes; --", "C:\\\\W\\\\it's.exe"));
            default -> List.of();
          };
      session
          .read()
          .schema(RowSchema.of(table))
          .option("mode", "FAILFAST")
          .json(session.createDataset(rows, session.implicits().newStringEncoder()))
          .createOrReplaceTempView(table.name());
    }
  }

  @Test
  void valuesMatchWithoutCaseAndWithWildcards() throws IOException {
    assertThat(matches("Image|endswith: '\\POWERSHELL.exe'")).containsExactly(100);
    assertThat(matches("Image: '*\\c?d.exe'")).containsExactly(200);
    assertThat(matches("CommandLine|contains|all: ['cmd', 'WHOAMI']")).containsExactly(200);
    assertThat(matches("CommandLine|contains: '%_!'")).containsExactly(100);
    assertThat(matches("CommandLine|contains: '_%!'")).isEmpty();
    assertThat(matches("CommandLine|windash|contains: ' -c '")).containsExactly(200);
    assertThat(matches("ParentImage|endswith: '\\powershell.exe'")).containsExactly(200);
    assertThat(matches("ProcessId|gte: 200")).containsExactly(200, 300);
    assertThat(matches("CommandLine|re: '(a+)+who.mi$'")).isEmpty();
    assertThat(matches("CommandLine|re: 'who.mi$'")).containsExactly(200);
    assertThat(matches("CommandLine|cased|contains: 'WHOAMI'")).isEmpty();
    assertThat(
            matches("ParentCommandLine: null\n  other:\n    ProcessId: 300", "selection and other"))
        .containsExactly(300);
  }

  @Test
  void conditionsCombineSearches() throws IOException {
    String searches =
        "Image|endswith: '\\cmd.exe'\n  selection_b:\n    ProcessId: 300\n  filter:\n    CommandLine|contains: whoami";
    assertThat(matches(searches, "selection or selection_b")).containsExactly(200, 300);
    assertThat(matches(searches, "1 of selection* and not filter")).containsExactly(300);
    assertThat(matches(searches, "all of them")).isEmpty();
    assertThat(matches(searches, "not (selection or selection_b)")).containsExactly(100);
  }

  @Test
  void hostileValuesAreTextAndNeverSql() throws IOException {
    assertThat(matches("CommandLine|contains: \"'; DROP TABLE processes; --\""))
        .containsExactly(300);
    assertThat(matches("Image|contains: \"' OR '1'='1\"")).isEmpty();
    assertThat(matches("Image|contains: '\\'' OR 1=1 --'")).isEmpty();
  }

  @Test
  void whatCannotBeToldIsNamed() throws IOException {
    assertThat(status("OriginalFileName: cmd.exe", "selection"))
        .isEqualTo("not_applicable: no column stands for OriginalFileName");
    assertThat(
            status("- Image|endswith: '\\cmd.exe'\n    - OriginalFileName: cmd.exe", "selection"))
        .isEqualTo("searched: without OriginalFileName");
    assertThat(status("Image: x", "selection | count() > 5"))
        .isEqualTo("unsupported: aggregation in the condition");
    assertThat(status("Image: x", "nothing")).isEqualTo("unsupported: no search is called nothing");
    assertThat(status("Image|fieldref: User", "selection"))
        .isEqualTo("unsupported: modifier fieldref");
    assertThat(status("CommandLine|re: '(?<=a)b'", "selection"))
        .startsWith("unsupported: regular expression that RE2 does not have");
    assertThat(hunt("title: [unclosed").coverage().get(0).status()).isEqualTo("malformed");
    assertThat(hunt("just text").coverage().get(0).status()).isEqualTo("malformed");
    assertThat(
            hunt("title: t\nlogsource: {product: linux, service: auditd}\ndetection: {s: {a: b}, condition: s}")
                .coverage()
                .get(0)
                .reason())
        .isEqualTo("no table stands for linux/auditd");
  }

  private List<Integer> matches(String search) throws IOException {
    return matches(search, "selection");
  }

  private List<Integer> matches(String search, String condition) throws IOException {
    SigmaHunt.Result result = hunt(rule(search, condition));
    assertThat(result.coverage().get(0).status())
        .as(String.valueOf(result.coverage().get(0)))
        .isEqualTo("searched");
    return result.rows().stream().map(SigmaMatchRow::getPid).sorted().toList();
  }

  private String status(String search, String condition) throws IOException {
    Coverage coverage = hunt(rule(search, condition)).coverage().get(0);
    return coverage.status() + ": " + coverage.reason();
  }

  private SigmaHunt.Result hunt(String text) throws IOException {
    Path file = folder.resolve("rule.yml");
    Files.writeString(file, text);
    LakeInventory inventory =
        new LakeInventory("c", Map.of("h", Set.of("processes")), Map.of(), Set.of());
    return new SigmaHunt(session, inventory, List.of(file)).run("run");
  }

  private static String rule(String search, String condition) {
    return "title: t\nlevel: high\ntags: [attack.t1059.001]\nlogsource:\n  category: process_creation\n"
        + "  product: windows\ndetection:\n  selection:\n    "
        + search
        + "\n  condition: "
        + condition
        + "\n";
  }

  private static String process(int pid, int ppid, String name, String command, String path) {
    return "{\"case_id\":\"c\",\"host\":\"h\",\"image_id\":\"i\",\"run_id\":\"r\",\"source\":\"walk\",\"confidence\":100,"
        + "\"state\":\"running\",\"eprocess\":%d,\"pid\":%d,\"ppid\":%d,\"image_file_name\":\"%s\",\"command_line\":\"%s\",\"path\":\"%s\",\"create_time\":\"2026-01-01T0%d:00:00Z\"}"
            .formatted(pid, pid, ppid, name, command, path, pid / 100);
  }
}
