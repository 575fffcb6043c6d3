package io.memlake.engine.image.lime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.PhysicalMemoryContract;
import io.memlake.engine.image.convert.ImageWriter;
import io.memlake.engine.image.convert.LocalOutput;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.LimeWriter;
import io.memlake.testdata.image.PatternFrames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimeFormatTest extends PhysicalMemoryContract {

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(21, 1, 158, 256, 300, 0x100000, 64);
  }

  @Override
  protected ImageIndex index() throws IOException {
    return open(write());
  }

  private Path write() throws IOException {
    Path file = folder.resolve("image.lime");
    LimeWriter.write(frames(), file);
    return file;
  }

  private static ImageIndex open(Path file) throws IOException {
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  @Test
  void theNameIsTold() throws IOException {
    assertThat(index().format()).isEqualTo("lime");
    assertThat(index().warnings()).isEmpty();
  }

  @Test
  void aRangeThatEndsInsideAFrameKeepsItsPart() throws IOException {
    byte[] bytes = new byte[32 + 0x9FC00];
    Arrays.fill(bytes, 32, bytes.length, (byte) 7);
    LittleEndian.putI64(bytes, 0, 0x1_4C69_4D45L);
    LittleEndian.putI64(bytes, 16, 0x9FBFF);
    Path file = Files.write(folder.resolve("e820.lime"), bytes);
    ImageIndex index = open(file);
    assertThat(index.runs())
        .containsExactly(
            new PageRun(0, 0x9F, PageState.PRESENT), new PageRun(0x9F, 1, PageState.TRUNCATED));
    byte[] frame = new byte[4096];
    try (PhysicalMemory memory = index.open(new LocalEvidence())) {
      assertThat(memory.read(0x9F000, frame, 0, 4096)).isTrue();
    }
    assertThat(frame[0xBFF]).isEqualTo((byte) 7);
    assertThat(frame[0xC00]).isZero();
  }

  @Test
  void garbageBetweenRangesIsSkippedAndReported() throws IOException {
    byte[] bytes = Files.readAllBytes(write());
    int first = 32 + 158 * 4096;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, first);
    out.write(new byte[5000]);
    out.write(bytes, first, bytes.length - first);
    ImageIndex index = open(Files.write(folder.resolve("garbage.lime"), out.toByteArray()));
    assertThat(index.runs()).isEqualTo(index().runs());
    assertThat(index.warnings())
        .containsExactly("There is no header at 0x9e020; the next one is at 0x9f3a8");
  }

  @Test
  void aRangeThatTheFileDoesNotHoldIsTruncated() throws IOException {
    Path file = write();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 4 * 4096));
    ImageIndex index = open(file);
    assertThat(index.runs()).last().isEqualTo(new PageRun(0x10003C, 4, PageState.TRUNCATED));
    assertThat(index.warnings()).hasSize(1);
  }

  @Test
  void aFirstRangeThatIsNotOneOfRamIsRefused() throws IOException {
    Path file = write();
    byte[] bytes = Files.readAllBytes(file);
    LittleEndian.putI64(bytes, 16, 0);
    Files.write(file, bytes);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("the range 0x1000 to 0x0 is not one of RAM");
  }

  @Test
  void whatTheConverterWritesIsWhatTheTestWriterWrites() throws IOException {
    Path expected = write();
    Path out = folder.resolve("converted.lime");
    ImageIndex index = open(expected);
    try (PhysicalMemory memory = index.open(new LocalEvidence());
        LocalOutput output = LocalOutput.create(out)) {
      ImageWriter.named("lime").orElseThrow().write(memory, index.hints(), output, n -> {});
    }
    assertThat(out).hasSameBinaryContentAs(expected);
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    DamagedImages.check(write(), 32, 500);
  }
}
