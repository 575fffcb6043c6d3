package io.memlake.engine.image.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.PhysicalMemoryContract;
import io.memlake.engine.image.extent.StoredFile;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.image.RawWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawUnpaddedTest extends PhysicalMemoryContract {

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(2, 1, 158, 256, 300, 0x100000, 64);
  }

  @Override
  protected ImageIndex index() throws IOException {
    Path file = folder.resolve("unpadded.raw");
    RawWriter.writeUnpadded(frames(), file);
    return unpadded(file, 64);
  }

  private static ImageIndex unpadded(Path file, long lastRun) throws IOException {
    return RawFormat.unpadded(
        file.toString(),
        new StoredFile(file.toString(), Files.size(file)),
        List.of(
            new PageRun(1, 158, PageState.PRESENT),
            new PageRun(256, 300, PageState.PRESENT),
            new PageRun(0x100000, lastRun, PageState.PRESENT)));
  }

  @Test
  void aRunBeyondTheEndOfTheFileIsTruncated() throws IOException {
    index();
    ImageIndex index = unpadded(folder.resolve("unpadded.raw"), 80);
    assertThat(index.runs())
        .endsWith(
            new PageRun(0x100000, 64, PageState.PRESENT),
            new PageRun(0x100040, 16, PageState.TRUNCATED));
  }

  @Test
  void bytesThatTheTableDoesNotCoverAreReported() throws IOException {
    index();
    assertThat(unpadded(folder.resolve("unpadded.raw"), 60).warnings())
        .containsExactly(
            "The run table covers 2121728 of the file's 2138112 bytes; the rest is not read");
  }
}
