package io.memlake.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.testdata.image.Containers;
import io.memlake.testdata.image.CrashDumpWriter;
import io.memlake.testdata.image.PatternFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every container cut at many lengths: an image of what is left, or an error that names it. */
class CutContainersTest {
  private static final CrashDumpWriter.Machine MACHINE =
      new CrashDumpWriter.Machine(0x1000, 0, 0, 0, 0, 19041, 2, 132_583_462_420_000_000L);

  @TempDir Path folder;

  @Test
  void everyContainerBearsToBeCut() throws IOException {
    Map<String, Path> files =
        Containers.write(PatternFrames.of(91, 1, 40, 0x100, 20), MACHINE, folder);
    assertThat(files).hasSizeGreaterThan(33);
    for (Path file : files.values()) {
      byte[] whole = Files.readAllBytes(file);
      int length = whole.length;
      // Headers byte by byte where fields are, tables and trailers at the end, content in between.
      DamagedImages.checkCuts(whole, 1, Math.min(length, 128), 9);
      DamagedImages.checkCuts(whole, Math.max(1, length - 128), length, 9);
      DamagedImages.checkCuts(whole, 128, length, Math.max(1, length / 24));
      // Page and header boundaries, and one byte to each side of them.
      for (int border = 4096; border < Math.min(length, 0x8001); border += 4096) {
        DamagedImages.checkCuts(whole, border - 1, border + 2, 1);
      }
    }
  }
}
