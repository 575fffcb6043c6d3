package io.memlake.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Programs that write images independently of this project; CI installs them. */
public final class ExternalTool {
  private ExternalTool() {}

  /** Skips the test in plain words when {@code program} is not on the path. */
  public static void require(String program) {
    boolean found = false;
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      found |= Files.isExecutable(Path.of(folder, program));
    }
    assumeTrue(found, "Skipped: " + program + " is not installed; .ci/run installs it");
  }

  /** Runs a program to its end; a failure shows what it printed. */
  public static String run(Path folder, String... command) throws IOException {
    require(command[0]);
    Path log = Files.createTempFile(folder, "tool", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(new java.io.File("/dev/null"))
            .start();
    try {
      boolean ended = process.waitFor(120, TimeUnit.SECONDS);
      String text = Files.readString(log, StandardCharsets.UTF_8);
      assertThat(ended).as("%s ended: %s", command[0], text).isTrue();
      assertThat(process.exitValue()).as("%s: %s", command[0], text).isZero();
      return text;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
