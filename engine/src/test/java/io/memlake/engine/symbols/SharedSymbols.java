package io.memlake.engine.symbols;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The public symbol files beside the project, see the README of the sample data. */
public final class SharedSymbols {
  /** 19041.804. */
  public static final String WINDOWS_10_20H2 = "5278AFF86C341677D7D7835C85B7B844-1";

  /** 7601.24540. */
  public static final String WINDOWS_7_SP1 = "339E74133576439CBCDF7E0229DA3773-1";

  private SharedSymbols() {}

  /** The folder of 25 kernels; skips the test when the sample data is not there. */
  public static Path kernels() {
    return file("isf/windows/ntkrnlmp.pdb");
  }

  /** One kernel; skips the test when it is not there. */
  public static Path kernel(String key) {
    return file("isf/windows/ntkrnlmp.pdb/" + key + ".json.xz");
  }

  /** Any sample; skips the test when it is not there. */
  public static Path file(String name) {
    Path found = Path.of("../../shared/data").resolve(name);
    assumeTrue(Files.exists(found), "Skipped: the sample data has no " + found);
    return found;
  }
}
