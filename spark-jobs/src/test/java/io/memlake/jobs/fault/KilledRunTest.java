package io.memlake.jobs.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.session.TestSpark;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.machine.RamFill;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run whose process is killed costs what it was at, and nothing of it is seen by readers. */
class KilledRunTest {
  private static final String CHUNKS = "spark.memlake.chunk-pages=128";
  private static final int ALL_CHUNKS = 128;

  @TempDir Path folder;

  @BeforeAll
  static void startSpark() {
    assertThat(TestSpark.session()).isNotNull();
  }

  @Test
  void aKilledRunIsResumedAndEndsWithTheRowsOfAnUndisturbedOne() throws Exception {
    Path image = folder.resolve("WS01.raw");
    RawWriter.writePadded(
        SyntheticMachine.windows(19041)
            .seed(8)
            .ram(64L << 20)
            .fill(RamFill.Kind.NOISE)
            .standardProcesses()
            .build(),
        image);
    Path undisturbed = folder.resolve("undisturbed");
    assertThat(CommandRun.analyze(undisturbed, image, "--conf", CHUNKS).code()).isZero();

    Path lake = folder.resolve("lake");
    int finished;
    try (MemlakeProcess run =
        MemlakeProcess.start(
            folder.resolve("output"),
            List.of(),
            "analyze",
            image,
            "--lake",
            lake,
            "--progress",
            "plain",
            "--conf",
            CHUNKS,
            "--master",
            "local[1]")) {
      assertThat(run.await(() -> chunkFiles(lake) >= 10)).as(run.output()).isTrue();
      run.kill();
      finished = chunkFiles(lake);
    }
    assertThat(finished).isBetween(10, ALL_CHUNKS);
    assertThat(CommandRun.rows(lake, "SELECT count(*) FROM hosts")).containsExactly("0");
    assertThat(CommandRun.rows(lake, "SELECT count(*) FROM pages")).containsExactly("0");

    CommandRun resumed = CommandRun.analyze(lake, image, "--conf", CHUNKS);
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(
            CommandRun.rows(
                lake, "SELECT tasks, skipped_chunks FROM run_steps WHERE step = 'chunks'"))
        .containsExactly(ALL_CHUNKS + "," + finished);
    assertThat(LakeRows.of(lake)).isEqualTo(LakeRows.of(undisturbed)).containsKey("processes");
    assertThat(chunkFiles(lake)).isZero();
    assertThat(CommandRun.of("verify", "--lake", lake).code()).isZero();
  }

  private static int chunkFiles(Path lake) {
    Path checkpoints = lake.resolve("_memlake/checkpoints");
    if (!Files.isDirectory(checkpoints)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(checkpoints)) {
      return (int) all.filter(file -> file.toString().endsWith(".findings")).count();
    } catch (IOException | UncheckedIOException e) {
      // The run removes files while they are listed.
      return 0;
    }
  }
}
