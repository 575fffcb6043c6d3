package io.memlake.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.duckdb.DuckDbLake;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.LakeSnapshot;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.session.PlainHadoop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The intrusion that {@code memlake demo} plants, looked for in every way there is: each finds its
 * part and names the right hosts. Seven hosts are the fewest in which three run the same library.
 */
class DemoIntrusionTest {
  private static final Set<String> PLANTED = Set.of("WS-BOB", "APP02");

  @TempDir private static Path folder;
  private static Path lake;
  private static CommandRun demo;

  @BeforeAll
  static void runDemo() {
    lake = folder.resolve("lake");
    demo = CommandRun.of("demo", "--progress", "none", "--hosts", 7, "--lake", lake);
    assertThat(demo.code()).as(demo.err()).isZero();
  }

  @Test
  void findingsNameTheHostsAndCleanOnesHaveNoneAboveMedium() throws IOException {
    assertThat(rows("SELECT DISTINCT host, rule_uid FROM findings WHERE severity_id >= 4"))
        .contains(
            "WS-BOB PROC_NOLINK",
            "WS-BOB PE_PATCHED",
            "WS-BOB NET_NOPROC",
            "WS-BOB IOC_MATCH",
            "APP02 PE_INJECT",
            "APP02 INJECTION",
            "APP02 IRP_FOREIGN",
            "APP02 DRIVER_PATH",
            "APP02 LSASS_HANDLE",
            "APP02 CMD_CREDENTIALS",
            "APP02 IOC_MATCH")
        .allSatisfy(row -> assertThat(PLANTED).contains(row.substring(0, row.indexOf(' '))));
  }

  @Test
  void theInjectedCodeIsPartlyInTheCompressedStore() throws IOException {
    assertThat(
            rows(
                """
                SELECT g.host, p.image_file_name, count(*) AS pages,
                  count(CASE WHEN g.layer = 'compressed' THEN 1 END) AS compressed
                FROM pages g JOIN processes p ON p.host = g.host AND p.pid = g.pid
                WHERE g.executable AND g.writable AND g.user_mode GROUP BY ALL"""))
        .containsExactly("APP02 WmiPrvSE.exe 6 2");
  }

  @Test
  void theHuntFindsTheBeaconTheMutexAndTheDriver() throws IOException {
    assertThat(rows("SELECT DISTINCT host, type, indicator FROM ioc_matches WHERE NOT allowlisted"))
        .containsExactlyInAnyOrder(
            "WS-BOB mutex 7f3a-gate",
            "WS-BOB ipv4 203.0.113.66",
            "WS-BOB file_name wlanhlp.dll",
            "APP02 ipv4 203.0.113.66",
            "APP02 service mssmb64",
            "APP02 file_name mssmb64.sys");
    assertThat(demo.err()).contains("hunt --ioc", "What was planted");
  }

  @Test
  void aYaraRuleFindsTheCodeThoughAStringOfItRunsIntoACompressedPage() throws IOException {
    CommandRun hunt =
        CommandRun.of(
            "hunt", "--lake", lake, "--yara", folder.resolve("lake-hunt/implant.yar"), "-o", "csv");
    assertThat(hunt.code()).as(hunt.err()).isZero();
    assertThat(
            rows("SELECT host, rule, process, scope, list_contains(strings, '') FROM yara_matches"))
        .containsExactly("APP02 implant WmiPrvSE.exe private region false");
    assertThat(
            rows(
                "SELECT count(*) FROM yara_matches WHERE array_to_string(strings, ' ') LIKE '%$server@%'"))
        .containsExactly("1");
    assertThat(hunt.err()).contains("rules tried on");
  }

  @Test
  void stackShowsTheServicesThatOneHostHas() {
    CommandRun stack =
        CommandRun.of("stack", "services", "name", "--max-hosts", 1, "--lake", lake, "-o", "csv");
    assertThat(stack.out()).contains("mssmb64,1,1,APP02", "psexesvc,1,1,APP02");
    assertThat(stack.out().lines()).hasSize(3);
  }

  @Test
  void diffShowsWhatCameSinceTheSnapshotBefore() {
    CommandRun diff = CommandRun.of("diff", "WS-BOB-BEFORE", "WS-BOB", "--lake", lake, "-o", "csv");
    assertThat(diff.out()).contains("c:/programdata/svchost.exe", "wlanhlp.dll");
  }

  @Test
  void prevalenceShowsTheLibraryThatOneHostChanged() throws IOException {
    assertThat(rows("SELECT DISTINCT host, module, process FROM code_patches WHERE NOT fleet_wide"))
        .containsExactly("WS-BOB ntdll.dll svchost.exe");
    assertThat(
            rows(
                """
                SELECT DISTINCT g.host FROM pages g
                JOIN page_prevalence v ON v.page_hash = g.page_hash AND v.page_hash2 = g.page_hash2
                WHERE v.hosts = 1 AND g.executable AND g.writable AND g.user_mode"""))
        .containsExactly("APP02");
  }

  private static Set<String> rows(String sql) throws IOException {
    TreeSet<String> rows = new TreeSet<>();
    LakeSnapshot snapshot =
        LakeSnapshot.of(Lake.open(lake.toString(), PlainHadoop.configuration()));
    try (LakeDatabase database = DuckDbLake.open(snapshot, "default")) {
      for (List<Object> row : database.ask(sql, Map.of(), 10_000).rows()) {
        StringBuilder text = new StringBuilder();
        row.forEach(value -> text.append(text.isEmpty() ? "" : " ").append(value));
        rows.add(text.toString());
      }
    }
    return rows;
  }
}
