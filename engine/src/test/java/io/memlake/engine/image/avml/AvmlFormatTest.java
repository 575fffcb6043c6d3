package io.memlake.engine.image.avml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.PhysicalMemoryContract;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.AvmlWriter;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.PatternFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvmlFormatTest extends PhysicalMemoryContract {

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(22, 1, 158, 256, 300, 0x100000, 64);
  }

  @Override
  protected ImageIndex index() throws IOException {
    return open(write(100));
  }

  private Path write(int blockFrames) throws IOException {
    Path file = folder.resolve("image.avml");
    AvmlWriter.write(frames(), blockFrames, file);
    return file;
  }

  private static ImageIndex open(Path file) throws IOException {
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  @Test
  void theNameIsToldAndThatZerosAreLeftOut() throws IOException {
    assertThat(index().format()).isEqualTo("avml");
    assertThat(index().warnings())
        .containsExactly("AVML leaves out blocks of zeros; frames that are missing may be zero");
  }

  @Test
  void blocksOfZerosAreNotDumped() throws IOException {
    ImageIndex index = open(write(1));
    try (PhysicalMemory memory = index.open(new LocalEvidence())) {
      assertThat(memory.stateOf(3)).isEqualTo(PageState.NOT_DUMPED);
      assertThat(memory.stateOf(4)).isEqualTo(PageState.PRESENT);
    }
  }

  @Test
  void aFrameWithAWrongChecksumHasNoBytesAndItsNeighboursDo() throws IOException {
    Path file = write(100);
    byte[] bytes = Files.readAllBytes(file);
    bytes[32 + 10 + 4 + 4 + 2000] ^= 1;
    Files.write(file, bytes);
    byte[] target = new byte[20 * 4096];
    boolean[] present = new boolean[20];
    try (PhysicalMemory memory = open(file).open(new LocalEvidence())) {
      memory.readPages(1, 20, target, 0, present);
    }
    for (int i = 0; i < 20; i++) {
      assertThat(present[i]).as("frame %d", 1 + i).isEqualTo(i >= 16);
    }
  }

  @Test
  void aStreamThatTheFileDoesNotHoldIsTruncated() throws IOException {
    Path file = write(100);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 70_000));
    ImageIndex index = open(file);
    assertThat(index.runs())
        .endsWith(
            new PageRun(0x100000, 32, PageState.PRESENT),
            new PageRun(0x100020, 32, PageState.TRUNCATED));
    assertThat(index.warnings()).anyMatch(w -> w.startsWith("The file ends inside the block at"));
  }

  @Test
  void aFirstStreamThatIsNotSnappyIsRefused() throws IOException {
    Path file = write(100);
    byte[] bytes = Files.readAllBytes(file);
    LittleEndian.putI32(bytes, 32, 0x0000_0640);
    Files.write(file, bytes);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("at 0x20 a snappy frame of unknown type 64");
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    DamagedImages.check(write(100), 0x4000, 700);
  }
}
