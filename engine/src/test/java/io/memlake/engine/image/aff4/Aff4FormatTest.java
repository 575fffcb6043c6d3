package io.memlake.engine.image.aff4;

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
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.testdata.image.Aff4Writer;
import io.memlake.testdata.image.Aff4Writer.Generation;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.PatternFrames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class Aff4FormatTest extends PhysicalMemoryContract {

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(31, 1, 158, 256, 300, 0x100000, 65);
  }

  @Override
  protected ImageIndex index() throws IOException {
    Path file = folder.resolve("memory.aff4");
    Aff4Writer.write(frames(), Generation.STANDARD, file);
    return open(file);
  }

  private static ImageIndex open(Path file) throws IOException {
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void everyGenerationHoldsTheSameFrames(Generation generation) throws IOException {
    Path file = folder.resolve("generation.aff4");
    Aff4Writer.write(frames(), generation, file);
    ImageIndex index = open(file);
    assertThat(index.format()).isEqualTo("aff4");
    assertThat(index.runs()).isEqualTo(index().runs());
    assertSameFrames(index);
  }

  private void assertSameFrames(ImageIndex index) throws IOException {
    byte[] frame = new byte[4096];
    try (var memory = index.open(new LocalEvidence())) {
      for (var run : frames().runs()) {
        for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
          assertThat(memory.read(pfn << 12, frame, 0, 4096)).as("frame %d", pfn).isTrue();
          assertThat(frame).as("frame %d", pfn).isEqualTo(frames().frame(pfn));
        }
      }
    }
  }

  @Test
  void segmentsInAnotherVolumeAreFound() throws IOException {
    Path first = folder.resolve("striped_1.aff4");
    Path second = folder.resolve("striped_2.aff4");
    Aff4Writer.write(frames(), Generation.STANDARD, first, second);
    ImageIndex index = open(first);
    assertThat(index.files()).containsExactly(first.toString(), second.toString());
    assertThat(index.warnings()).isEmpty();
    assertSameFrames(index);
  }

  @Test
  void segmentsOfAMissingVolumeAreUnreadable() throws IOException {
    Path first = folder.resolve("alone_1.aff4");
    Path second = folder.resolve("alone_2.aff4");
    Aff4Writer.write(frames(), Generation.STANDARD, first, second);
    Files.delete(second);
    ImageIndex index = open(first);
    assertThat(index.runs())
        .startsWith(
            new PageRun(1, 64, PageState.PRESENT), new PageRun(65, 64, PageState.UNREADABLE));
    assertThat(index.warnings()).anyMatch(w -> w.contains("segments of the stream"));
  }

  @Test
  void aMapThatDoesNotMatchItsChecksumIsRefused() throws IOException {
    index();
    Path file = folder.resolve("memory.aff4");
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int map = text.indexOf("/map") + "/map".length();
    assertThat(bytes[map + 1]).isEqualTo((byte) 0x10);
    bytes[map + 1] = 0x20;
    Files.write(file, bytes);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("/map does not match its CRC-32");
  }

  @Test
  void aMapThatMapsItselfEnds() throws IOException {
    index();
    Path file = folder.resolve("memory.aff4");
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    // The list of streams names the map instead of its data, at the same length.
    int list = text.indexOf("PhysicalMemory/idx") + "PhysicalMemory/idx".length();
    int end = text.indexOf("PK", list);
    String names = text.substring(list, end).replace("/data\n", "     \n");
    byte[] changed = names.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(changed, 0, bytes, list, changed.length);
    CRC32 crc = new CRC32();
    crc.update(changed);
    int entry = text.lastIndexOf("PhysicalMemory/idx") - 46;
    LittleEndian.putI32(bytes, entry + 16, (int) crc.getValue());
    Files.write(file, bytes);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("leads back to itself");
  }

  @Test
  void aContainerBehindAnotherFileIsFound() throws IOException {
    index();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {'M', 'Z'});
    out.write(new byte[9999]);
    out.write(Files.readAllBytes(folder.resolve("memory.aff4")));
    ImageIndex index = open(Files.write(folder.resolve("appended.exe"), out.toByteArray()));
    assertThat(index.runs()).isEqualTo(index().runs());
    assertSameFrames(index);
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    index();
    byte[] bytes = Files.readAllBytes(folder.resolve("memory.aff4"));
    DamagedImages.check(bytes, bytes.length - 2000, 2000, 400, new MemoryEvidence());
    DamagedImages.check(bytes, 0, 3000, 400, new MemoryEvidence());
  }
}
