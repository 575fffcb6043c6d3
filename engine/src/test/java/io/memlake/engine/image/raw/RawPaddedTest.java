package io.memlake.engine.image.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.PhysicalMemoryContract;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.image.RawWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawPaddedTest extends PhysicalMemoryContract {

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(1, 0, 159, 256, 300);
  }

  @Override
  protected ImageIndex index() throws IOException {
    Path file = folder.resolve("padded.raw");
    RawWriter.writePadded(frames(), file);
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  @Override
  protected PageState stateOfHole() {
    return PageState.PRESENT;
  }

  @Test
  void aFrameThatIsCutOffIsKeptAndFilledWithZeros() throws IOException {
    index();
    Path file = folder.resolve("padded.raw");
    Files.write(file, new byte[] {7, 7, 7, 7, 7}, StandardOpenOption.APPEND);
    ImageIndex index = ImageFormats.standard().index(file.toString(), new LocalEvidence());
    assertThat(index.runs())
        .containsExactly(
            new PageRun(0, 556, PageState.PRESENT), new PageRun(556, 1, PageState.TRUNCATED));
    assertThat(index.warnings())
        .containsExactly(
            "The file ends 5 bytes into a frame; the rest of that frame is filled with zeros");
    byte[] tail = new byte[8];
    byte[] two = new byte[8192];
    boolean[] present = new boolean[2];
    try (PhysicalMemory memory = index.open(new LocalEvidence())) {
      assertThat(memory.read((556L << 12) + 1, tail, 0, 8)).isTrue();
      memory.readPages(556, 2, two, 0, present);
    }
    assertThat(tail).containsExactly(7, 7, 7, 7, 0, 0, 0, 0);
    assertThat(present).containsExactly(true, false);
    assertThat(two).startsWith(7, 7, 7, 7, 7, 0).endsWith(0, 0);
  }
}
