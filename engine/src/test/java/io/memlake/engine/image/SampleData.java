package io.memlake.engine.image;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the real files that lie beside the project, or says plainly what is skipped. */
public final class SampleData {
  private SampleData() {}

  /** A file of the sample data; the test is skipped when it is not there. */
  public static Path file(String name) {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path file = up.resolve("shared/data").resolve(name);
      if (Files.exists(file)) {
        return file;
      }
    }
    assumeTrue(false, "Skipped: the sample " + name + " is not in ../shared/data");
    throw new AssertionError();
  }
}
