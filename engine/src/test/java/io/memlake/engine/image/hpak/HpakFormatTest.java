package io.memlake.engine.image.hpak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.MemoryEvidence;
import io.memlake.engine.image.PhysicalMemoryContract;
import io.memlake.engine.physical.PageState;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.HpakWriter;
import io.memlake.testdata.image.PatternFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HpakFormatTest extends PhysicalMemoryContract {
  private static final int MEMORY = 0x20 + 0xE0 + 8192;

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(95, 0, 300);
  }

  @Override
  protected PageState stateOfHole() {
    return PageState.PRESENT;
  }

  @Override
  protected ImageIndex index() throws IOException {
    return open(write(true));
  }

  private byte[] write(boolean compressed) throws IOException {
    Path file = folder.resolve("image.hpak");
    HpakWriter.write(frames(), compressed, file);
    return Files.readAllBytes(file);
  }

  private ImageIndex open(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("image.hpak"), bytes);
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  @Test
  void plainAndCompressedMemoryAreTold() throws IOException {
    assertThat(open(write(true)).variant()).isEqualTo("hpak, gzip, padded");
    assertThat(open(write(false)).variant()).isEqualTo("hpak, padded");
    assertThat(open(write(false)).runs().get(0).pageCount()).isEqualTo(300);
    assertThat(open(write(false)).warnings())
        .containsExactly("It also holds a page file at 0x100, which is not read");
  }

  @Test
  void sectionsThatLeadBackEnd() throws IOException {
    byte[] bytes = write(false);
    LittleEndian.putI64(bytes, MEMORY + 0xB0, 0x20);
    assertThat(open(bytes).runs()).hasSize(1);
  }

  @Test
  void memoryOutsideTheFileIsRefusedAndCutMemoryTold() throws IOException {
    byte[] bytes = write(false);
    assertThat(open(Arrays.copyOf(bytes, bytes.length - 4096)).warnings())
        .contains("The file ends 4096 bytes before its memory does");
    LittleEndian.putI64(bytes, MEMORY + 0xA8, Long.MAX_VALUE);
    assertThatThrownBy(() -> open(bytes))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("is not in the file");
    bytes[0x20] = 0;
    assertThatThrownBy(() -> open(bytes)).hasMessageContaining("it holds no physical memory");
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    byte[] bytes = write(true);
    DamagedImages.check(bytes, 0, 0x100, 60, new MemoryEvidence());
    DamagedImages.check(bytes, MEMORY, 0xE0, 60, new MemoryEvidence());
  }
}
