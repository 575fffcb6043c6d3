package io.memlake.jobs.hunt.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.lake.TestRows;
import io.memlake.jobs.session.PlainHadoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseRunTest {
  private final Configuration configuration = PlainHadoop.configuration();
  @TempDir private Path folder;

  @BeforeEach
  void oneHost() throws IOException {
    try (LakeWriter lake = LakeWriter.open(folder.toString(), configuration)) {
      lake.publish(
          TestRows.manifest("WS01", "run1", HostManifest.OK),
          TestRows.stage(lake, "run1", "WS01", List.of(TestRows.page("WS01", "run1", 1))));
    }
  }

  @Test
  void eachRunReplacesWhatTheRunBeforeWrote() throws IOException {
    write(3);
    assertThat(rows()).isEqualTo(3);
    write(2);
    assertThat(rows()).isEqualTo(2);
    assertThat(parquetFiles()).isEqualTo(1);
    write(0);
    assertThat(rows()).isZero();
    assertThat(parquetFiles()).isZero();
    assertThat(Lake.open(folder.toString(), configuration).rows("runs"))
        .as("every run has its row")
        .isEqualTo(3);
  }

  @Test
  void theInventoryTellsHostsAndTablesApart() throws IOException {
    write(1);
    Lake lake = Lake.open(folder.toString(), configuration);
    LakeInventory inventory = LakeInventory.of(lake, null);
    assertThat(inventory.hosts()).isEqualTo(1);
    assertThat(inventory.hostsWith(List.of("pages"))).isEqualTo(1);
    assertThat(inventory.hostsWith(List.of("pages", "hunt_coverage"))).isEqualTo(1);
    assertThat(inventory.hostsWith(List.of("pages", "threads"))).isZero();
    assertThatThrownBy(() -> LakeInventory.of(lake, "nope"))
        .hasMessage("The lake has no case nope; there are: default");
  }

  private void write(int rows) throws IOException {
    try (LakeWriter lake = LakeWriter.open(folder.toString(), configuration)) {
      CaseRun run =
          CaseRun.begin(
              lake,
              configuration,
              "default",
              "hunt",
              "hunt",
              new ProgramVersions("0.1", "", "4.2"),
              Map.of());
      run.replace(
          "hunt_coverage",
          Stream.iterate(0, i -> i + 1)
              .limit(rows)
              .map(i -> Coverage.searched("rule", "R" + i, 1, 0).row("default", run.runId()))
              .iterator());
      run.finish(ExitCode.OK, "");
    }
  }

  private long rows() throws IOException {
    return Lake.open(folder.toString(), configuration).rows("hunt_coverage");
  }

  private long parquetFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("hunt_coverage"))) {
      return files.filter(file -> file.toString().endsWith(".parquet")).count();
    }
  }
}
