package io.memlake.engine.image.wrapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.MemoryEvidence;
import io.memlake.engine.image.PhysicalMemoryContract;
import io.memlake.engine.image.SampleData;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.image.RawWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class XzFormatTest extends PhysicalMemoryContract {

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(41, 0, 120);
  }

  @Override
  protected PageState stateOfHole() {
    return PageState.PRESENT;
  }

  @Override
  protected ImageIndex index() throws IOException {
    return open(write());
  }

  private Path write() throws IOException {
    Path raw = folder.resolve("image.raw");
    RawWriter.writePadded(frames(), raw);
    byte[] bytes = Files.readAllBytes(raw);
    Path file = folder.resolve("image.raw.xz");
    try (XZOutputStream xz = new XZOutputStream(Files.newOutputStream(file), new LZMA2Options(1))) {
      for (int at = 0; at < bytes.length; at += 100_000) {
        xz.write(bytes, at, Math.min(100_000, bytes.length - at));
        xz.endBlock();
      }
    }
    return file;
  }

  private static ImageIndex open(Path file) throws IOException {
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  @Test
  void theVariantTellsTheWrapper() throws IOException {
    assertThat(index().variant()).isEqualTo("xz, padded");
  }

  @Test
  void aCutFileIsRefused() throws IOException {
    Path file = write();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("the xz index cannot be read");
  }

  @Test
  void theRealCoreIsReadThroughItsCompression() throws IOException {
    ImageIndex index = open(SampleData.file("images/reactos-amd64.elf.xz"));
    assertThat(index.format()).isEqualTo("elfcore");
    assertThat(index.variant()).isEqualTo("xz, QEMU, 64-bit");
    assertThat(index.hints().number(ImageHints.DTB)).hasValue(0x293E000);
    ImageIndex raw = open(SampleData.file("images/reactos-amd64.raw.xz"));
    assertThat(raw.variant()).isEqualTo("xz, padded");
    byte[] expected = new byte[4096];
    byte[] found = new byte[4096];
    try (PhysicalMemory left = raw.open(new LocalEvidence());
        PhysicalMemory right = index.open(new LocalEvidence())) {
      for (long pfn = 0x293E; pfn < 0x2960; pfn++) {
        assertThat(left.read(pfn << 12, expected, 0, 4096)).isTrue();
        assertThat(right.read(pfn << 12, found, 0, 4096)).isTrue();
        assertThat(found).isEqualTo(expected);
      }
    }
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    byte[] bytes = Files.readAllBytes(write());
    DamagedImages.check(bytes, 0, bytes.length, 10, new MemoryEvidence());
    DamagedImages.check(bytes, bytes.length - 60, 60, 20, new MemoryEvidence());
  }
}
