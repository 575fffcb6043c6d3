package io.memlake.jobs.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.cli.ToolVersion;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.session.PlainHadoop;
import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.damage.DamagedFile;
import io.memlake.testdata.truth.KernelModuleTruth;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job through Spark: wiring, repetition, resuming, and hosts that fail. */
class AnalyzeJobTest {

  @TempDir static Path evidence;
  @TempDir Path folder;

  private static Path first;
  private static Path second;
  private static Truth firstTruth;

  private final Configuration configuration = PlainHadoop.configuration();

  @BeforeAll
  static void writeImages() throws IOException {
    assertThat(TestSpark.session()).isNotNull();
    first = evidence.resolve("WS01/memory.raw");
    second = evidence.resolve("WS02/memory.raw");
    firstTruth = Machines.write(first, 19041, 1);
    Machines.write(second, 17763, 2);
  }

  @Test
  void theTablesHoldTheMachine() {
    CommandRun run = analyze("--host", "WS01", first);
    assertThat(run.err()).contains("WS01: ok");
    assertThat(run.code()).isZero();
    List<String> expected = new ArrayList<>();
    firstTruth.processes().stream()
        .sorted(Comparator.comparingLong(ProcessTruth::pid))
        .forEach(
            process ->
                expected.add(
                    process.pid()
                        + ","
                        + process.imageFileName()
                        + ","
                        + process.presence().isListed()
                        + ",true,"
                        + process.eprocess()));
    assertThat(
            sql(
                "SELECT pid, image_file_name, in_pslist, in_psscan, eprocess FROM processes"
                    + " ORDER BY pid"))
        .containsExactlyElementsOf(expected);
    assertThat(sql("SELECT base FROM kernel_modules WHERE in_list ORDER BY base"))
        .containsExactlyElementsOf(
            firstTruth.kernelModules().stream()
                .map(KernelModuleTruth::base)
                .sorted()
                .map(String::valueOf)
                .toList());
    assertThat(sql("SELECT count(DISTINCT dtb) FROM address_spaces WHERE kind = 'process'"))
        .containsExactly(Long.toString(processesWithTables()));
    assertThat(sql("SELECT count(*) FROM pages")).containsExactly(Long.toString((64 << 20) / 4096));
    assertThat(sql("SELECT count(*) > 0 FROM pages WHERE pid = " + hidden().pid()))
        .containsExactly("true");
    assertThat(sql("SELECT length(sha256), role FROM evidence")).containsExactly("64,memory");
    assertThat(sql("SELECT status, hosts_ok FROM runs")).containsExactly("ok,1");
    assertThat(
            sql(
                "SELECT coalesce(git_commit, ''),"
                    + " get_json_object(params_json, '$.git_commit') FROM runs"))
        .containsExactly(ToolVersion.commit() + "," + ToolVersion.commit());
    assertThat(sql("SELECT DISTINCT run_id = (SELECT first(run_id) FROM runs) FROM pages"))
        .containsExactly("true");
  }

  @Test
  void anySplitGivesTheSameRows() throws IOException {
    String query =
        "SELECT pfn, page_hash, page_hash2, kind, pid, va, mapping, ref_count FROM pages";
    String processes = "SELECT * EXCEPT (run_id) FROM processes";
    String modules = "SELECT * EXCEPT (run_id) FROM modules";
    List<List<String>> seen = new ArrayList<>();
    for (String chunkPages : List.of("0", "1500", "5000")) {
      Path lake = folder.resolve("lake-" + chunkPages);
      CommandRun run =
          CommandRun.of(
              "analyze",
              "--lake",
              lake,
              first,
              "--host",
              "WS01",
              "--progress",
              "none",
              "--conf",
              "spark.memlake.chunk-pages=" + chunkPages);
      assertThat(run.code()).isZero();
      List<String> rows = new ArrayList<>(query(lake, query));
      rows.addAll(query(lake, processes));
      rows.addAll(query(lake, modules));
      seen.add(rows);
    }
    assertThat(query(folder.resolve("lake-1500"), "SELECT count(*) > 5 FROM chunks"))
        .containsExactly("true");
    assertThat(seen.get(1)).isEqualTo(seen.get(0));
    assertThat(seen.get(2)).isEqualTo(seen.get(0));
  }

  @Test
  void oneBadHostDoesNotStopTheOthers() throws IOException {
    Path bad = Files.writeString(folder.resolve("WS03.raw"), "this is not memory\n");
    CommandRun run = analyze(evidence, bad);
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err())
        .contains("memlake: WS03: failed: Cannot use " + bad)
        .doesNotContain("\tat ");
    assertThat(sql("SELECT host, count(*) > 5 FROM processes GROUP BY host ORDER BY host"))
        .containsExactly("WS01,true", "WS02,true");
    assertThat(sql("SELECT host, severity FROM errors WHERE host = 'WS03'"))
        .containsExactly("WS03,error");
    assertThat(sql("SELECT status, hosts_ok, hosts_failed FROM runs"))
        .containsExactly("partial,2,1");
    assertThat(CommandRun.of("status", "--lake", lake(), "-o", "csv").out())
        .contains("run host,WS03,default,failed,,open,,\"Cannot use");
  }

  @Test
  void resultsThatStandAreLeftAloneAndOtherParametersAreRefused() throws IOException {
    assertThat(analyze("--host", "WS01", first).code()).isZero();
    String runId = manifest("WS01").runId();
    CommandRun again = analyze("--host", "WS01", first);
    assertThat(again.code()).isZero();
    assertThat(again.err()).contains("WS01: unchanged");
    assertThat(manifest("WS01").runId()).isEqualTo(runId);

    CommandRun other = analyze("--host", "WS01", first, "--profile", "quick");
    assertThat(other.code()).isEqualTo(6);
    assertThat(other.err().lines()).hasSize(1);
    assertThat(other.err())
        .contains("WS01 is in the lake with other parameters: profile was standard and is quick")
        .contains("--restart makes the results anew");
    CommandRun otherImage = analyze("--host", "WS01", second);
    assertThat(otherImage.code()).isEqualTo(6);
    assertThat(otherImage.err()).contains("image_id was ");
    assertThat(manifest("WS01").runId()).isEqualTo(runId);

    CommandRun restarted = analyze("--host", "WS01", first, "--profile", "quick", "--restart");
    assertThat(restarted.code()).isZero();
    assertThat(manifest("WS01").runId()).isNotEqualTo(runId);
    assertThat(sql("SELECT count(*) FROM pages")).containsExactly("0");
  }

  @Test
  void aFailedRepetitionKeepsWhatStoodBefore() throws IOException {
    Path image = folder.resolve("WS09.raw");
    Files.copy(first, image);
    assertThat(analyze(image).code()).isZero();
    long rows = Long.parseLong(sql("SELECT count(*) FROM processes").get(0));
    Files.writeString(image, "overwritten");
    assertThat(analyze(image, "--restart").code()).isEqualTo(1);
    assertThat(sql("SELECT count(*) FROM processes")).containsExactly(Long.toString(rows));
    assertThat(sql("SELECT status FROM runs ORDER BY started")).containsExactly("ok", "failed");
  }

  @Test
  void evidenceThatChangedSinceItWasHashedIsToldApart() throws IOException {
    Path image = folder.resolve("WS08.raw");
    Files.copy(first, image);
    assertThat(analyze(image).code()).isZero();
    // Between two samples, so that only the whole hash can tell.
    DamagedFile.overwrite(image, (300L << 10) + 5, (byte) 0x5A);
    CommandRun run = analyze(image, "--restart");
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err())
        .contains("WS08 is not the evidence that was recorded")
        .contains("SHA-256");
  }

  @Test
  void onlyWantedTablesAreFilled() {
    assertThat(analyze("--host", "WS01", first, "--tables", "processes").code()).isZero();
    assertThat(sql("SELECT count(*) > 5 FROM processes")).containsExactly("true");
    assertThat(sql("SELECT count(*) FROM threads")).containsExactly("0");
    assertThat(sql("SELECT count(*) FROM hosts")).containsExactly("1");
    assertThat(analyze(first, "--tables", "colours").err()).contains("No table colours");
  }

  @Test
  void nothingIsWrittenBesideTheEvidenceOrIntoTheWorkFolder() throws IOException {
    List<Path> before = files(evidence);
    List<Path> workBefore = files(Path.of(""));
    assertThat(analyze("--host", "WS01", first).code()).isZero();
    assertThat(files(evidence)).isEqualTo(before);
    assertThat(files(Path.of(""))).isEqualTo(workBefore);
    assertThat(files(lake())).noneMatch(file -> file.toString().endsWith(".crc"));
    assertThat(files(lake().resolve("_memlake")))
        .noneMatch(file -> file.toString().contains("staging"))
        .noneMatch(file -> file.toString().contains("checkpoints"));
  }

  @Test
  void pageFilesAreRegisteredWithTheirHost() throws IOException {
    Path pageFile = Files.write(folder.resolve("pagefile.sys"), new byte[8192]);
    assertThat(analyze("--host", "WS01", first, "--pagefile", pageFile).code()).isZero();
    assertThat(sql("SELECT role, pagefile_number, parent_image_id IS NULL FROM evidence"))
        .containsExactly("memory,,true", "pagefile,0,false");
    assertThat(analyze(evidence, "--pagefile", pageFile).err())
        .contains("The evidence holds 2 hosts: write HOST:FILE");
  }

  @Test
  void progressAsJsonIsOnTheErrorStreamOnly() {
    CommandRun run =
        CommandRun.of("analyze", "--lake", lake(), first, "--host", "WS01", "--progress", "json");
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).allMatch(line -> line.startsWith("{\"ts\":"));
    assertThat(run.err()).contains("\"stage\":\"chunks\"").contains("\"status\":\"ok\"");
  }

  private static long processesWithTables() {
    return firstTruth.processes().stream()
        .filter(process -> process.exitTime() == 0 && process.pid() != 4)
        .mapToLong(ProcessTruth::dtb)
        .distinct()
        .count();
  }

  private static ProcessTruth hidden() {
    return firstTruth.process("hidden.exe");
  }

  private CommandRun analyze(Object... arguments) {
    List<Object> all = new ArrayList<>(List.of("analyze", "--lake", lake(), "--progress", "plain"));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray());
  }

  private List<String> sql(String query) {
    return query(lake(), query);
  }

  private static List<String> query(Path lake, String query) {
    CommandRun run = CommandRun.of("sql", "--lake", lake, "-o", "csv", query);
    assertThat(run.err()).isEmpty();
    return run.lines().subList(1, run.lines().size());
  }

  private Path lake() {
    return folder.resolve("lake");
  }

  private HostManifest manifest(String host) throws IOException {
    return Lake.open(lake().toString(), configuration).host("default", host).orElseThrow();
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(path -> !path.toString().contains("surefire")).sorted().toList();
    }
  }
}
