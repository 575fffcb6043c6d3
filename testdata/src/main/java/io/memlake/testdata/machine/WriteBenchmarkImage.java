package io.memlake.testdata.machine;

import io.memlake.testdata.image.RawWriter;
import java.io.IOException;
import java.nio.file.Path;

/** Writes the image on which {@code bench/run} compares programs. */
public final class WriteBenchmarkImage {
  private static final int BUILD = 19041;

  private WriteBenchmarkImage() {}

  /**
   * Writes one machine of build 19041, always the same.
   *
   * @param args the file, its size in MiB and the number of processes
   * @throws IOException when the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 3) {
      throw new IllegalArgumentException("Usage: WriteBenchmarkImage FILE MIB PROCESSES");
    }
    SyntheticMachine machine =
        SyntheticMachine.windows(BUILD)
            .seed(1)
            .ram(Long.parseLong(args[1]) << 20)
            .fill(RamFill.Kind.NOISE)
            .standardProcesses()
            .fillUpTo(Integer.parseInt(args[2]))
            .build();
    RawWriter.writePadded(machine, Path.of(args[0]));
  }
}
