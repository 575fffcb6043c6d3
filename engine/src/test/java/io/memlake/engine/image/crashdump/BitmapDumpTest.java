package io.memlake.engine.image.crashdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.PhysicalMemoryContract;
import io.memlake.engine.physical.PageState;
import io.memlake.testdata.image.CrashDumpWriter;
import io.memlake.testdata.image.FrameSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BitmapDumpTest extends PhysicalMemoryContract {

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return DumpSamples.FRAMES;
  }

  @Override
  protected ImageIndex index() throws IOException {
    return DumpSamples.open(write(5));
  }

  private Path write(int type) throws IOException {
    Path file = folder.resolve("bitmap.dmp");
    CrashDumpWriter.writeBitmap(frames(), DumpSamples.MACHINE, type, file);
    return file;
  }

  private Path damaged(int offset, long value) throws IOException {
    Path file = write(5);
    byte[] bytes = Files.readAllBytes(file);
    LittleEndian.putI64(bytes, offset, value);
    return Files.write(file, bytes);
  }

  @Test
  void allBitmapTypesAreNamed() throws IOException {
    assertThat(DumpSamples.open(write(2)).variant()).isEqualTo("kernel summary, 64-bit");
    assertThat(DumpSamples.open(write(5)).variant()).isEqualTo("bitmap, 64-bit");
    assertThat(DumpSamples.open(write(6)).variant()).isEqualTo("active bitmap, 64-bit");
    assertThat(index().hints().number(ImageHints.DTB)).hasValue(0x1AD000);
    assertThat(index().warnings()).isEmpty();
  }

  @Test
  void aCountThatDoesNotMatchTheBitmapIsReported() throws IOException {
    assertThat(DumpSamples.open(damaged(0x2028, 7)).warnings())
        .containsExactly("The header counts 7 pages, its bitmap has 350 bits set");
  }

  @Test
  void aBitmapLargerThanTheFileIsRefused() throws IOException {
    Path file = damaged(0x2030, 1L << 40);
    assertThatThrownBy(() -> DumpSamples.open(file))
        .isInstanceOf(CorruptImageException.class)
        .hasMessage(
            "Cannot read "
                + file
                + ": at 0x2030 a bitmap of 1099511627776 bits does not fit the file");
  }

  @Test
  void framesInsideTheBitmapAreRefused() throws IOException {
    Path file = damaged(0x2020, 0x2040);
    assertThatThrownBy(() -> DumpSamples.open(file))
        .hasMessageContaining("the frames begin at 0x2040, inside the bitmap");
  }

  @Test
  void aMissingSignatureIsRefused() throws IOException {
    Path file = damaged(0x2000, 0);
    assertThatThrownBy(() -> DumpSamples.open(file)).hasMessageContaining("no bitmap header");
  }

  @Test
  void framesBehindTheEndAreTruncated() throws IOException {
    Path file = write(5);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 20 * 4096));
    ImageIndex index = DumpSamples.open(file);
    assertThat(index.runs())
        .last()
        .extracting("pageCount", "state")
        .containsExactly(20L, PageState.TRUNCATED);
    assertThat(index.warnings()).hasSize(1);
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    DamagedImages.check(write(5), 0x2300, 1500);
  }
}
