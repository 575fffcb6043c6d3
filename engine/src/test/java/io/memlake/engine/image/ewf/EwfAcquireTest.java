package io.memlake.engine.image.ewf;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.ExternalTool;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.image.RawWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images that libewf's {@code ewfacquire} writes of known RAM. */
class EwfAcquireTest {
  private static final int FRAMES = 1500;
  private static final PatternFrames RAM = PatternFrames.of(71, 0, FRAMES);

  @TempDir Path folder;

  private void acquire(String format, String compression, int chunk) throws IOException {
    RawWriter.writePadded(RAM, folder.resolve("ram.raw"));
    ExternalTool.run(
        folder,
        "ewfacquire",
        "-u",
        "-q",
        "-t",
        "ram",
        "-f",
        format,
        "-c",
        compression,
        "-b",
        Integer.toString(chunk),
        "-m",
        "memory",
        "-S",
        "1048576",
        "ram.raw");
  }

  @ParameterizedTest
  @CsvSource({
    "encase6, deflate:best, 64, E01",
    "encase6, deflate:none, 64, E01",
    "encase5, deflate:fast, 16, E01",
    "encase2, deflate:fast, 64, E01",
    "encase7, deflate:empty-block, 128, E01",
    "linen6, deflate:best, 64, E01",
    "ftk, deflate:fast, 64, E01",
    "ewfx, deflate:best, 64, e01",
    "ewf, deflate:fast, 64, e01",
    "smart, deflate:fast, 64, s01"
  })
  void everyVariantHoldsTheRam(String format, String compression, int chunk, String ending)
      throws IOException {
    acquire(format, compression, chunk);
    ImageIndex index =
        ImageFormats.standard()
            .index(folder.resolve("ram." + ending).toString(), new LocalEvidence());
    assertThat(index.variant()).isEqualTo("ewf, padded");
    assertThat(index.warnings()).isEmpty();
    byte[] found = new byte[FRAMES * 4096];
    boolean[] present = new boolean[FRAMES];
    try (PhysicalMemory memory = index.open(new LocalEvidence())) {
      memory.readPages(0, FRAMES, found, 0, present);
    }
    for (int pfn = 0; pfn < FRAMES; pfn++) {
      assertThat(present[pfn]).as("frame %d", pfn).isTrue();
      assertThat(Arrays.copyOfRange(found, pfn << 12, (pfn + 1) << 12))
          .as("frame %d", pfn)
          .isEqualTo(RAM.frame(pfn));
    }
  }
}
