package io.memlake.engine.image.hpak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.EmbeddedEvidence;
import io.memlake.engine.image.Evidence;
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
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HpakFormatTest extends PhysicalMemoryContract {
  /** The second section of a container that is not compressed. */
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
    assertThat(open(write(false)).warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void thePageFileInsideIsRead(boolean compressed) throws IOException {
    byte[] pages = new byte[70_000];
    new Random(3).nextBytes(pages);
    Path file = folder.resolve("image.hpak");
    HpakWriter.write(frames(), pages, compressed, file);
    ImageIndex index = ImageFormats.standard().index(file.toString(), new LocalEvidence());
    assertThat(EmbeddedEvidence.pageFiles(index)).containsExactly(file + "::pagefile.sys");
    Evidence evidence = EmbeddedEvidence.of(index, new LocalEvidence());
    try (ByteSource inside = evidence.open(file + "::pagefile.sys")) {
      byte[] found = new byte[pages.length];
      assertThat(inside.size()).isEqualTo(pages.length);
      assertThat(inside.read(0, found, 0, found.length)).isEqualTo(pages.length);
      assertThat(found).isEqualTo(pages);
      assertThat(inside.read(69_990, found, 0, 100)).isEqualTo(10);
    }
  }

  @Test
  void aBrokenPageFileIsAWarningAndTheMemoryIsRead() throws IOException {
    byte[] bytes = write(false);
    LittleEndian.putI64(bytes, 0x20 + 0xA8, Long.MAX_VALUE);
    ImageIndex index = open(bytes);
    assertThat(index.embeddedFiles()).isEmpty();
    assertThat(index.warnings()).anyMatch(w -> w.startsWith("The page file inside is not read"));
    assertThat(index.runs().get(0).pageCount()).isEqualTo(300);
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
    DamagedImages.check(bytes, 0x100, 0x200, 60, new MemoryEvidence());
    DamagedImages.check(write(false), MEMORY, 0xE0, 60, new MemoryEvidence());
  }
}
