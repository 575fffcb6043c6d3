package io.memlake.jobs.analyze;

import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.truth.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Small machines for tests of the jobs; what is in them is tested elsewhere in depth. */
final class Machines {
  private static final long RAM = 64L << 20;

  private Machines() {}

  /** Writes the image of a machine with a hidden and an ended process. */
  static Truth write(Path image, int build, long seed) throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(build)
            .seed(seed)
            .ram(RAM)
            .standardProcesses()
            .process("hidden.exe", process -> process.parent("explorer.exe").hidden())
            .process(
                "ended.exe",
                process -> process.parent("explorer.exe").terminatedAfter(Duration.ofMinutes(1)))
            .build();
    Files.createDirectories(image.getParent());
    RawWriter.writePadded(machine, image);
    return machine.truth();
  }
}
