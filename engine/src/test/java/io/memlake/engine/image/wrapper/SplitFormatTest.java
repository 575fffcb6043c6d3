package io.memlake.engine.image.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.PhysicalMemoryContract;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.physical.PageState;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.image.RawWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitFormatTest extends PhysicalMemoryContract {

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(6, 0, 700);
  }

  @Override
  protected PageState stateOfHole() {
    return PageState.PRESENT;
  }

  @Override
  protected ImageIndex index() throws IOException {
    return open(split(".001", ".002", ".003"));
  }

  /** Segments that cut frames in two. */
  private Path split(String... suffixes) throws IOException {
    Path whole = folder.resolve("whole.bin");
    RawWriter.writePadded(frames(), whole);
    byte[] bytes = Files.readAllBytes(whole);
    Files.delete(whole);
    int size = 1_000_001;
    for (int i = 0; i < suffixes.length; i++) {
      int end = i == suffixes.length - 1 ? bytes.length : (i + 1) * size;
      Files.write(folder.resolve("image" + suffixes[i]), Arrays.copyOfRange(bytes, i * size, end));
    }
    return folder.resolve("image" + suffixes[0]);
  }

  private static ImageIndex open(Path file) throws IOException {
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  @Test
  void allSegmentsAreNamed() throws IOException {
    ImageIndex index = index();
    assertThat(index.format()).isEqualTo("raw");
    assertThat(index.variant()).isEqualTo("split, padded");
    assertThat(index.files())
        .extracting(file -> Path.of(file).getFileName().toString())
        .containsExactly("image.001", "image.002", "image.003");
    assertThat(index.warnings()).isEmpty();
  }

  @Test
  void countersFromZeroAndInLettersAreFollowed() throws IOException {
    assertThat(open(split(".raw.00", ".raw.01", ".raw.02")).files()).hasSize(3);
    assertThat(open(split(".aa", ".ab", ".ac")).files()).hasSize(3);
  }

  @Test
  void aLaterSegmentIsRefusedWithTheNameOfTheFirst() throws IOException {
    Path first = split(".001", ".002", ".003");
    assertThatThrownBy(() -> open(folder.resolve("image.003")))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining(
            "a later segment of a split image; accepted: its first segment, " + first);
  }

  @Test
  void aMissingSegmentIsReported() throws IOException {
    Path first = split(".001", ".002", ".004");
    assertThat(open(first).warnings())
        .contains(
            "The segment "
                + folder.resolve("image.003")
                + " is missing; what follows it is not read");
  }

  @Test
  void aShortSegmentInTheMiddleIsReported() throws IOException {
    Path first = split(".001", ".002", ".003");
    Files.write(folder.resolve("image.002"), new byte[500_000]);
    assertThat(open(first).warnings())
        .anyMatch(warning -> warning.contains("image.002 is not as long as the first"));
  }

  @Test
  void aSingleFileWithANumberIsNotSplit() throws IOException {
    Path file = folder.resolve("image.001");
    RawWriter.writePadded(frames(), file);
    assertThat(open(file).variant()).isEqualTo("padded");
  }
}
