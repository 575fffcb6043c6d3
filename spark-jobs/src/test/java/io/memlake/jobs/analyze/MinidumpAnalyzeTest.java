package io.memlake.jobs.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.image.MinidumpWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps of single processes, by themselves and beside the image of their machine. */
class MinidumpAnalyzeTest {

  @TempDir static Path evidence;
  @TempDir Path folder;

  @BeforeAll
  static void writeEvidence() throws IOException {
    assertThat(TestSpark.session()).isNotNull();
    Machines.write(evidence.resolve("WS01/memory.raw"), 19041, 1);
    MinidumpWriter.write(false, evidence.resolve("WS01/probe.dmp"));
    Files.createDirectories(evidence.resolve("alone"));
    MinidumpWriter.write(true, evidence.resolve("alone/probe.dmp"));
  }

  private void analyze(Path what) {
    CommandRun run =
        CommandRun.of("analyze", "--lake", folder.resolve("lake"), what, "--progress", "plain");
    assertThat(run.err()).contains(": ok");
    assertThat(run.code()).isZero();
  }

  private List<String> sql(String query) {
    CommandRun run = CommandRun.of("sql", "--lake", folder.resolve("lake"), "-o", "csv", query);
    assertThat(run.code()).as(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    return lines.subList(1, lines.size());
  }

  @Test
  void aDumpAloneFillsTheTablesOfProcesses() {
    analyze(evidence.resolve("alone/probe.dmp"));
    assertThat(sql("SELECT pid, name, path, threads, handles, layer, peb FROM processes"))
        .containsExactly("4711,probe.exe,C:\\Tools\\probe.exe,2,2,minidump," + MinidumpWriter.PEB);
    assertThat(sql("SELECT command_line = '\"C:\\\\Tools\\\\probe.exe\" --quiet' FROM processes"))
        .containsExactly("true");
    assertThat(sql("SELECT name, pdb_guid, pages_present FROM modules ORDER BY base"))
        .containsExactly("probe.exe,,1", "ntdll.dll,11223344556677880102030405060708,0");
    assertThat(sql("SELECT tid, win32_start_address FROM threads ORDER BY tid"))
        .containsExactly("100,", "104," + 0x7FFA_0000_1230L);
    assertThat(
            sql(
                "SELECT start, size, type, protection, mem_commit, pages_present FROM vads ORDER BY"
                    + " start"))
        .containsExactly(
            MinidumpWriter.HEAP + ",12288,private,PAGE_READWRITE,true,3",
            0x1_4000_0000L + ",4096,image,PAGE_READONLY,true,1",
            0x1_4000_1000L + ",4096,image,PAGE_EXECUTE_READ|PAGE_GUARD,true,0");
    assertThat(sql("SELECT handle, type, name, granted_access FROM handles ORDER BY handle"))
        .containsExactly(
            "68,File,\\Device\\HarddiskVolume3\\Windows," + 0x100020, "72,Event,," + 0x1F0003);
    assertThat(sql("SELECT role, kind FROM evidence")).containsExactly("memory,minidump");
  }

  @Test
  void aDumpBesideAnImageJoinsItsHost() {
    analyze(evidence.resolve("WS01"));
    assertThat(sql("SELECT DISTINCT host FROM processes")).containsExactly("WS01");
    assertThat(sql("SELECT pid, name FROM processes WHERE layer = 'minidump'"))
        .containsExactly("4711,probe.exe");
    assertThat(sql("SELECT count(*) > 10 FROM processes WHERE layer <> 'minidump'"))
        .containsExactly("true");
    assertThat(sql("SELECT role FROM evidence ORDER BY role"))
        .containsExactly("memory", "minidump");
  }

  @Test
  void dumpsThatAManifestNamesAreOfItsHostAndAFurtherOneIsNoticed() throws IOException {
    Path set = Files.createDirectories(folder.resolve("set"));
    Files.copy(evidence.resolve("WS01/memory.raw"), set.resolve("memory.raw"));
    Files.copy(evidence.resolve("WS01/probe.dmp"), set.resolve("one.dmp"));
    Files.copy(evidence.resolve("alone/probe.dmp"), set.resolve("two.dmp"));
    Path manifest = set.resolve("fleet.yaml");
    Files.writeString(manifest, "[{host: WS07, image: memory.raw, minidumps: [one.dmp]}]");
    analyze(manifest);
    assertThat(sql("SELECT host, pid FROM processes WHERE layer = 'minidump'"))
        .containsExactly("WS07,4711");

    Object[] again = {"analyze", "--lake", folder.resolve("lake"), manifest, "--progress", "plain"};
    CommandRun unchanged = CommandRun.of(again);
    assertThat(unchanged.err()).contains("WS07: unchanged");
    assertThat(unchanged.code()).isZero();

    Files.writeString(manifest, "[{host: WS07, image: memory.raw, minidumps: [one.dmp, two.dmp]}]");
    CommandRun refused = CommandRun.of(again);
    assertThat(refused.code()).isEqualTo(6);
    assertThat(refused.err()).contains("other_files was");

    CommandRun anew =
        CommandRun.of(
            "analyze",
            "--lake",
            folder.resolve("lake"),
            manifest,
            "--progress",
            "none",
            "--restart");
    assertThat(anew.code()).as(anew.err()).isZero();
    assertThat(sql("SELECT count(*) FROM processes WHERE layer = 'minidump'")).containsExactly("2");
    assertThat(sql("SELECT role FROM evidence ORDER BY role"))
        .containsExactly("memory", "minidump", "minidump");
  }
}
