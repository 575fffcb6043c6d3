package io.memlake.engine.image.wrapper.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.MemoryEvidence;
import io.memlake.engine.image.PhysicalMemoryContract;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.image.ZstdWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZstdFormatTest extends PhysicalMemoryContract {
  private static final String NAME = "image.raw.zst";

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(43, 0, 300);
  }

  @Override
  protected PageState stateOfHole() {
    return PageState.PRESENT;
  }

  @Override
  protected ImageIndex index() throws IOException {
    Path file = folder.resolve(NAME);
    Files.write(file, ZstdWriter.pack(raw(), 150_000, true));
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  private byte[] raw() throws IOException {
    Path raw = folder.resolve("image.raw");
    RawWriter.writePadded(frames(), raw);
    return Files.readAllBytes(raw);
  }

  private static ImageIndex open(byte[] file) throws IOException {
    return ImageFormats.standard().index(NAME, new MemoryEvidence().put(NAME, file));
  }

  private void holdsAllFrames(byte[] file) throws IOException {
    byte[] frame = new byte[4096];
    try (PhysicalMemory memory = open(file).open(new MemoryEvidence().put(NAME, file))) {
      for (long pfn = 0; pfn < 300; pfn += 7) {
        assertThat(memory.read(pfn << 12, frame, 0, 4096)).isTrue();
        assertThat(frame).isEqualTo(frames().frame(pfn));
      }
    }
  }

  @Test
  void theVariantTellsTheWrapper() throws IOException {
    assertThat(index().variant()).isEqualTo("zstd, padded");
  }

  @Test
  void framesThatDoNotTellTheirSizeAreDecodedOnce() throws IOException {
    holdsAllFrames(ZstdWriter.pack(raw(), 200_000, false));
  }

  @Test
  void framesOfTheLibraryAreRead() throws IOException {
    byte[] raw = raw();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int at = 0; at < raw.length; at += 300_000) {
      byte[] part = Arrays.copyOfRange(raw, at, Math.min(raw.length, at + 300_000));
      file.write(Zstd.compress(part, 3));
    }
    holdsAllFrames(file.toByteArray());
    holdsAllFrames(Zstd.compress(raw, 1));
  }

  @Test
  void aFrameTooLargeForOneArrayIsReadFromItsMiddle() throws IOException {
    byte[] raw = Arrays.copyOf(raw(), (70 << 20) + 4096);
    System.arraycopy(frames().frame(8), 0, raw, 70 << 20, 4096);
    for (boolean sized : new boolean[] {true, false}) {
      byte[] file = ZstdWriter.pack(raw, Integer.MAX_VALUE - 8, sized);
      byte[] frame = new byte[4096];
      ImageIndex index = open(file);
      assertThat(index.warnings()).isEmpty();
      try (PhysicalMemory memory = index.open(new MemoryEvidence().put(NAME, file))) {
        assertThat(memory.read(70 << 20, frame, 0, 4096)).isTrue();
        assertThat(frame).isEqualTo(frames().frame(8));
        assertThat(memory.read(200 << 12, frame, 0, 4096)).isTrue();
        assertThat(frame).isEqualTo(frames().frame(200));
      }
    }
  }

  @Test
  void aFrameThatLiesAboutItsSizeHasNoBytesAndOthersDo() throws IOException {
    byte[] file = ZstdWriter.pack(raw(), 400_000, true);
    int second = 10 + 4 * 3 + 400_000;
    file[second + 6]++;
    byte[] target = new byte[4096];
    ImageIndex index = open(file);
    try (PhysicalMemory memory = index.open(new MemoryEvidence().put(NAME, file))) {
      assertThat(memory.read(0, target, 0, 4096)).isTrue();
      assertThat(memory.read(150L << 12, target, 0, 4096)).isFalse();
      assertThat(memory.read(250L << 12, target, 0, 4096)).isTrue();
    }
  }

  @Test
  void aSecondFrameThatIsCutEndsTheImage() throws IOException {
    byte[] file = ZstdWriter.pack(raw(), 1_100_000, true);
    ImageIndex index = open(Arrays.copyOf(file, file.length - 60_000));
    assertThat(index.warnings()).anyMatch(w -> w.contains("of the content is lost"));
    assertThat(index.runs().get(0).pageCount()).isEqualTo(268);
  }

  @Test
  void aBlockOfImpossibleKindIsRefused() throws IOException {
    byte[] file = ZstdWriter.pack(raw(), 400_000, true);
    file[10] |= 6;
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("at 0xa a zstd block of impossible kind or size");
  }

  @Test
  void aDictionaryIsRefused() throws IOException {
    byte[] file = ZstdWriter.pack(raw(), 400_000, true);
    file[4] |= 1;
    assertThatThrownBy(() -> open(file)).hasMessageContaining("needs a dictionary");
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    byte[] file = ZstdWriter.pack(raw(), 150_000, true);
    DamagedImages.check(file, 0, 40, 100, new MemoryEvidence());
    DamagedImages.check(file, file.length - 100, 100, 40, new MemoryEvidence());
    byte[] packed = Zstd.compress(raw(), 3);
    DamagedImages.check(packed, 0, packed.length, 60, new MemoryEvidence());
    DamagedImages.checkCuts(packed, 1, 30, 1);
  }
}
