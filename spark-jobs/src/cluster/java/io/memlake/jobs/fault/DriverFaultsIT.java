package io.memlake.jobs.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.machine.RamFill;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to the process that leads a run, and to the disk it writes to. */
class DriverFaultsIT {
  private static final List<String> STAGES =
      List.of("open", "chunks", "walk", "processes", "pages", "carved", "publish");

  @TempDir static Path folder;

  private static PackagedProgram program;
  private static Path image;
  private static Map<String, List<String>> undisturbed;

  @BeforeAll
  static void analyzeUndisturbed() throws Exception {
    program = new PackagedProgram(folder.resolve("cluster"));
    image = folder.resolve("WS01.raw");
    write(image, 8);
    try (MemlakeProcess run = analyze(image, folder.resolve("undisturbed"))) {
      assertThat(run.exitCode()).as(run.output()).isZero();
    }
    undisturbed = LakeRows.of(folder.resolve("undisturbed"));
  }

  /** One lake goes through all of it: each run is killed a stage later than the one before. */
  @Test
  void theDriverIsKilledInEveryStageInTurn() throws Exception {
    Path lake = folder.resolve("stages");
    for (String stage : STAGES) {
      try (MemlakeProcess run = analyze(image, lake)) {
        assertThat(run.await(() -> run.output().contains("WS01: " + stage)))
            .as(stage + "\n" + run.output())
            .isTrue();
        run.kill();
        assertThat(run.output()).doesNotContain("\tat ");
      }
    }
    try (MemlakeProcess last = analyze(image, lake)) {
      assertThat(last.exitCode()).as(last.output()).isZero();
    }
    assertUndisturbed(lake);
    assertThat(LakeRows.query(lake, "SELECT count(*) FROM runs")).containsExactly("1");
    if (Files.exists(Path.of("../.git"))) {
      assertThat(LakeRows.query(lake, "SELECT git_commit FROM runs"))
          .singleElement()
          .asString()
          .matches("[0-9a-f]{40}(-dirty)?");
    }
    try (MemlakeProcess verify = command("verify", "--lake", lake)) {
      assertThat(verify.exitCode()).as(verify.output()).isZero();
    }
  }

  @Test
  void theDiskOfTheLakeIsFullAndThenIsNot() throws Exception {
    long needed = bytes(folder.resolve("undisturbed"));
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(
        mount("-t", "tmpfs", "-o", "size=" + needed / 2, "memlake-test", disk.toString()),
        "skipped: only root can mount a small disk");
    try {
      Path lake = disk.resolve("lake");
      try (MemlakeProcess run = analyze(image, lake)) {
        assertThat(run.exitCode()).as(run.output()).isEqualTo(5);
        assertThat(run.output()).contains("No space left on device").doesNotContain("\tat ");
      }
      assertThat(lake.resolve("hosts")).doesNotExist();
      assertThat(mount("-o", "remount,size=" + needed * 4, disk.toString())).isTrue();
      try (MemlakeProcess again = analyze(image, lake)) {
        assertThat(again.exitCode()).as(again.output()).isZero();
      }
      assertUndisturbed(lake);
      assertThat(
              LakeRows.query(
                  lake, "SELECT skipped_chunks > 0 FROM run_steps WHERE step = 'chunks'"))
          .containsExactly("true");
    } finally {
      new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
    }
  }

  @Test
  void twoRunsAtOnceOnOneLakeDoNotMeet() throws Exception {
    Path other = folder.resolve("WS02.raw");
    write(other, 9);
    Path lake = folder.resolve("shared");
    try (MemlakeProcess first = analyze(image, lake)) {
      assertThat(first.await(() -> first.output().contains("WS01: chunks"))).isTrue();
      // Else it would often be done before the second has started.
      assumeTrue(first.pause(), "skipped: this system has no kill command");
      for (Path second : List.of(other, image)) {
        try (MemlakeProcess refused = analyze(second, lake)) {
          assertThat(refused.exitCode()).as(refused.output()).isEqualTo(1);
          assertThat(refused.output()).contains("Another command is writing the lake");
        }
      }
      assertThat(first.resume()).isTrue();
      assertThat(first.exitCode()).as(first.output()).isZero();
    }
    assertUndisturbed(lake);
    try (MemlakeProcess second = analyze(other, lake)) {
      assertThat(second.exitCode()).as(second.output()).isZero();
    }
    assertThat(LakeRows.query(lake, "SELECT host FROM hosts ORDER BY host"))
        .containsExactly("WS01", "WS02");
    assertThat(LakeRows.query(lake, "SELECT DISTINCT host FROM pages ORDER BY host"))
        .containsExactly("WS01", "WS02");
  }

  private static void write(Path target, long seed) throws IOException {
    RawWriter.writePadded(
        SyntheticMachine.windows(19041)
            .seed(seed)
            .ram(64L << 20)
            .fill(RamFill.Kind.NOISE)
            .standardProcesses()
            .build(),
        target);
  }

  private static MemlakeProcess analyze(Path evidence, Path lake) throws IOException {
    return command(
        "analyze",
        evidence,
        "--lake",
        lake,
        "--progress",
        "plain",
        "--master",
        "local[2]",
        "--conf",
        "spark.memlake.chunk-pages=128");
  }

  private static MemlakeProcess command(Object... arguments) throws IOException {
    return program.start(Files.createTempFile(folder, "output", ".log"), arguments);
  }

  private static void assertUndisturbed(Path lake) throws Exception {
    Map<String, List<String>> rows = LakeRows.of(lake);
    assertThat(rows.keySet()).isEqualTo(undisturbed.keySet());
    for (String table : rows.keySet()) {
      assertThat(rows.get(table)).as(table).isEqualTo(undisturbed.get(table));
    }
  }

  private static long bytes(Path lake) throws IOException {
    try (Stream<Path> files = Files.walk(lake)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static boolean mount(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(arguments));
    try {
      Process mount = new ProcessBuilder(command).redirectErrorStream(true).start();
      return mount.waitFor(10, TimeUnit.SECONDS) && mount.exitValue() == 0;
    } catch (IOException e) {
      // Systems without the command.
      return false;
    }
  }
}
