package io.memlake.jobs.panels;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.cli.CommandRun;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.LakeSnapshot;
import io.memlake.jobs.session.PlainHadoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The lake of {@code memlake demo}, made once for all tests of this JVM that only read it. Who
 * works on a page names one that lies ready: {@code -Dmemlake.test.demo=out/lake}.
 */
public final class DemoLake {
  private static final Path FOLDER = make();

  private DemoLake() {}

  /** Where it lies. */
  public static Path folder() {
    return FOLDER;
  }

  /** What it holds. */
  public static LakeSnapshot snapshot() throws IOException {
    return LakeSnapshot.of(Lake.open(FOLDER.toString(), PlainHadoop.configuration()));
  }

  private static Path make() {
    String made = System.getProperty("memlake.test.demo", "");
    if (!made.isEmpty()) {
      return Path.of(made);
    }
    try {
      Path parent = Files.createTempDirectory("memlake-demo-test");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(parent)));
      Path lake = parent.resolve("lake");
      CommandRun run = CommandRun.of("demo", "--progress", "none", "--lake", lake);
      assertThat(run.code()).as(run.err()).isZero();
      return lake;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path parent) {
    try (Stream<Path> all = Files.walk(parent)) {
      all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
