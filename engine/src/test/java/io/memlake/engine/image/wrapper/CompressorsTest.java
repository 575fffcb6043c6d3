package io.memlake.engine.image.wrapper;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.ExternalTool;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.image.RawWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of the compressors that examiners use, read in place. */
class CompressorsTest {
  private static final PatternFrames FRAMES = PatternFrames.of(44, 0, 5000);

  @TempDir Path folder;

  private void readsWhat(String ending, String... command) throws IOException {
    Path raw = folder.resolve("m.raw");
    RawWriter.writePadded(FRAMES, raw);
    ExternalTool.run(folder, command);
    Path file = folder.resolve("m.raw" + ending);
    Files.delete(raw);
    ImageIndex index = ImageFormats.standard().index(file.toString(), new LocalEvidence());
    assertThat(index.warnings()).isEmpty();
    byte[] frame = new byte[4096];
    try (PhysicalMemory memory = index.open(new LocalEvidence())) {
      for (long pfn = 4999; pfn >= 0; pfn -= 13) {
        assertThat(memory.read(pfn << 12, frame, 0, 4096)).isTrue();
        assertThat(frame).isEqualTo(FRAMES.frame(pfn));
      }
    }
  }

  @Test
  void gzipFastAndBest() throws IOException {
    readsWhat(".gz", "gzip", "-k", "-1", "m.raw");
    Files.delete(folder.resolve("m.raw.gz"));
    readsWhat(".gz", "gzip", "-k", "-9", "m.raw");
  }

  @Test
  void pigzInIndependentBlocks() throws IOException {
    readsWhat(".gz", "pigz", "-k", "-i", "-p", "2", "m.raw");
  }

  @Test
  void pzstdInFrames() throws IOException {
    readsWhat(".zst", "pzstd", "-k", "-q", "-p", "2", "m.raw");
  }

  @Test
  void zstdInOneFrameThatFits() throws IOException {
    readsWhat(".zst", "zstd", "-k", "-q", "-3", "m.raw");
  }

  @Test
  void zstdOfAPipeDoesNotTellItsSize() throws IOException {
    readsWhat(".zst", "sh", "-c", "zstd -q -1 <m.raw >m.raw.zst");
  }

  @Test
  void xzInOneBlockThatFits() throws IOException {
    readsWhat(".xz", "xz", "-k", "-0", "m.raw");
  }

  @Test
  void zstdInOneFrameTooLargeForAnArray() throws IOException {
    Path raw = folder.resolve("large.raw");
    RawWriter.writePadded(PatternFrames.of(45, 0, 4000, 20_000, 4000), raw);
    ExternalTool.run(folder, "zstd", "-q", "-1", "--long=24", "large.raw");
    ExternalTool.run(folder, "zstd", "-q", "-d", "--long=24", "large.raw.zst", "-o", "again.raw");
    Path file = folder.resolve("large.raw.zst");
    ImageIndex index = ImageFormats.standard().index(file.toString(), new LocalEvidence());
    assertThat(index.warnings()).isEmpty();
    byte[] expected = new byte[64 * 4096];
    byte[] found = new byte[64 * 4096];
    try (PhysicalMemory memory = index.open(new LocalEvidence());
        RandomAccessFile again = new RandomAccessFile(folder.resolve("again.raw").toFile(), "r")) {
      for (long pfn = 24_000 - 64; pfn >= 0; pfn -= 640) {
        again.seek(pfn << 12);
        again.readFully(expected);
        memory.readPages(pfn, 64, found, 0, new boolean[64]);
        assertThat(Arrays.equals(found, expected)).as("frames from %d", pfn).isTrue();
      }
    }
  }
}
