package io.memlake.engine.image.hibernation;

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
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.HibernationWriter;
import io.memlake.testdata.image.HibernationWriter.Codec;
import io.memlake.testdata.image.PatternFrames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HibernationFormatTest extends PhysicalMemoryContract {
  private static final String NAME = "hiberfil.sys";

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(51, 1, 150, 256, 90, 0x10000, 61);
  }

  @Override
  protected ImageIndex index() throws IOException {
    return open(write(0x3E0, Codec.HUFFMAN));
  }

  private Path write(int headerLength, Codec codec) throws IOException {
    Path file = folder.resolve(NAME);
    HibernationWriter.write(frames(), headerLength, codec, file);
    return file;
  }

  private static ImageIndex open(Path file) throws IOException {
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  private static ImageIndex open(byte[] file) throws IOException {
    return ImageFormats.standard().index(NAME, new MemoryEvidence().put(NAME, file));
  }

  private void holdsAllFrames(ImageIndex index) throws IOException {
    byte[] frame = new byte[4096];
    try (PhysicalMemory memory = index.open(new LocalEvidence())) {
      for (FrameRun run : frames().runs()) {
        for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
          assertThat(memory.read(pfn << 12, frame, 0, 4096)).as("frame %d", pfn).isTrue();
          assertThat(frame).as("frame %d", pfn).isEqualTo(frames().frame(pfn));
        }
      }
      assertThat(memory.readablePages()).isEqualTo(frames().frameCount());
    }
  }

  static java.util.List<Integer> headerLengths() {
    return HibernationWriter.LENGTHS;
  }

  @ParameterizedTest
  @MethodSource("headerLengths")
  void everyHeaderLeadsToTheMemory(int headerLength) throws IOException {
    holdsAllFrames(open(write(headerLength, Codec.XPRESS)));
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void everyCodecIsDecoded(Codec codec) throws IOException {
    holdsAllFrames(open(write(0x4D8, codec)));
  }

  @Test
  void theVariantAndTheTimeAreTold() throws IOException {
    ImageIndex index = index();
    assertThat(index.format()).isEqualTo("hiber");
    assertThat(index.variant()).isEqualTo("Windows 10 1809 to 22H2, 64-bit, sets");
    assertThat(index.hints().takenAt()).isPresent();
    assertThat(index.hints().values()).containsEntry("fast_startup", "no");
    assertThat(index.warnings()).isEmpty();
  }

  @Test
  void fastStartupAndSecureMemoryAreTold() throws IOException {
    byte[] bytes = Files.readAllBytes(write(0x448, Codec.XPRESS));
    bytes[0x3CC] = 1;
    LittleEndian.putI64(bytes, 0x60, 77);
    assertThat(open(bytes).warnings())
        .contains(
            "Written by fast startup: users were logged off before",
            "The memory of the secure kernel is stored encrypted and not read");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x3E0, 0x4D8, 0x340})
  void aFileWithoutItsHeaderIsReadByTheFormOfItsChains(int headerLength) throws IOException {
    FrameSource many = PatternFrames.of(52, 1, 1200, 0x2000, 900);
    Path file = folder.resolve(NAME);
    HibernationWriter.write(many, headerLength, Codec.XPRESS, file);
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 0, 4096, (byte) 0);
    ImageIndex index = open(bytes);
    assertThat(index.variant())
        .isEqualTo(
            "Windows 8 or later, " + (headerLength == 0x340 ? "32-bit" : "64-bit") + ", sets");
    assertThat(index.warnings()).singleElement().asString().contains("2 chains of memory");
    byte[] frame = new byte[4096];
    try (PhysicalMemory memory = index.open(new MemoryEvidence().put(NAME, bytes))) {
      for (FrameRun run : many.runs()) {
        for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
          assertThat(memory.read(pfn << 12, frame, 0, 4096)).as("frame %d", pfn).isTrue();
          assertThat(frame).as("frame %d", pfn).isEqualTo(many.frame(pfn));
        }
      }
      assertThat(memory.readablePages()).isEqualTo(many.frameCount());
    }
  }

  @Test
  void aFileOfZerosAndARowOfSetsThatIsTooShortAreNoHibernation() throws IOException {
    byte[] bytes = Files.readAllBytes(write(0x3E0, Codec.XPRESS));
    Arrays.fill(bytes, 0, 4096, (byte) 0);
    assertThat(open(bytes).format()).isEqualTo("raw");
  }

  @Test
  void aFileThatWindowsResumedFromAndWipedIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(write(0x3E0, Codec.XPRESS));
    System.arraycopy("wake".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 4);
    assertThat(open(bytes).warnings())
        .containsExactly("Windows resumed from this file: its memory is of the last hibernation");
    Arrays.fill(bytes, 0x1000, bytes.length, (byte) 0);
    assertThatThrownBy(() -> open(bytes))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("whose memory Windows wiped when it resumed");
  }

  @Test
  void aHeaderOfNoKnownLengthIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(write(0x3E0, Codec.XPRESS));
    LittleEndian.putI32(bytes, 0x0C, 0x444);
    assertThatThrownBy(() -> open(bytes))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("a header of 0x444 bytes, of no known Windows");
  }

  @Test
  void aHeaderThatLeadsNowhereIsCorrupt() throws IOException {
    byte[] bytes = Files.readAllBytes(write(0x3E0, Codec.XPRESS));
    LittleEndian.putI64(bytes, 0x68, Long.MAX_VALUE);
    LittleEndian.putI64(bytes, 0x70, -1);
    assertThatThrownBy(() -> open(bytes))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("leads to no memory");
    assertThatThrownBy(() -> open(Arrays.copyOf(bytes, 100)))
        .hasMessageContaining("the file ends inside the hibernation header");
  }

  @Test
  void aChainThatIsCutGivesWhatIsBeforeTheCut() throws IOException {
    byte[] bytes = Files.readAllBytes(write(0x3E0, Codec.XPRESS));
    ImageIndex index = open(Arrays.copyOf(bytes, bytes.length - 100_000));
    assertThat(index.warnings())
        .singleElement()
        .asString()
        .contains("The kernel memory is cut short")
        .contains("the file ends inside a compression set");
    long pages = index.runs().stream().mapToLong(PageRun::pageCount).sum();
    assertThat(pages).isBetween(150L, 300L);
  }

  @Test
  void aKernelChainThatIsNotThereIsTold() throws IOException {
    byte[] bytes = Files.readAllBytes(write(0x3E0, Codec.XPRESS));
    LittleEndian.putI64(bytes, 0x70, 0x7FFF_FFFF);
    assertThat(open(bytes).warnings())
        .containsExactly("The kernel memory of 201 pages is not where the header says");
  }

  @Test
  void aCountBeyondTheChainIsTold() throws IOException {
    byte[] bytes = Files.readAllBytes(write(0x3E0, Codec.XPRESS));
    LittleEndian.putI64(bytes, 0x230, Long.MAX_VALUE);
    assertThat(open(bytes).warnings())
        .singleElement()
        .asString()
        .contains("there is no compression set")
        .contains("201 of");
  }

  @Test
  void aCountThatEndsInsideASetIsTold() throws IOException {
    byte[] bytes = Files.readAllBytes(write(0x3E0, Codec.XPRESS));
    LittleEndian.putI64(bytes, 0x230, 1);
    assertThat(open(bytes).warnings())
        .containsExactly(
            "The header counts 1 pages of the kernel memory, which ends inside a compression set;"
                + " there may be more");
    LittleEndian.putI64(bytes, 0x230, 0);
    assertThat(open(bytes).warnings())
        .containsExactly(
            "The header counts 0 pages of the kernel memory, yet there is some; it is not read");
  }

  @Test
  void theKernelsCopyOfAFrameCounts() throws IOException {
    byte[] bytes = Files.readAllBytes(write(0x3E0, Codec.XPRESS));
    // Both chains are the kernel's: every frame of it is there twice.
    LittleEndian.putI64(bytes, 0x68, LittleEndian.i64(bytes, 0x70));
    assertThat(open(bytes).warnings()).anyMatch(w -> w.contains("more than once; the last counts"));
  }

  @Test
  void aSetThatCannotBeDecodedHasNoBytesAndOthersDo() throws IOException {
    byte[] bytes = Files.readAllBytes(write(0x3E0, Codec.HUFFMAN));
    int descriptors = bytes[0x2000];
    Arrays.fill(bytes, 0x2000 + 4 + 8 * descriptors, 0x2000 + 4 + 8 * descriptors + 256, (byte) 0);
    byte[] target = new byte[20 * 4096];
    boolean[] present = new boolean[20];
    try (PhysicalMemory memory = open(bytes).open(new MemoryEvidence().put(NAME, bytes))) {
      memory.readPages(1, 20, target, 0, present);
      assertThat(memory.stateOf(1)).isEqualTo(PageState.PRESENT);
    }
    for (int i = 0; i < 20; i++) {
      assertThat(present[i]).as("frame %d", 1 + i).isEqualTo(i >= 16);
    }
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    byte[] bytes = Files.readAllBytes(write(0x3E0, Codec.XPRESS));
    DamagedImages.check(bytes, 0, 0x400, 150, new MemoryEvidence());
    DamagedImages.check(bytes, 0x2000, bytes.length - 0x2000, 150, new MemoryEvidence());
    DamagedImages.checkCuts(bytes, 1, 0x2100, 97);
  }
}
