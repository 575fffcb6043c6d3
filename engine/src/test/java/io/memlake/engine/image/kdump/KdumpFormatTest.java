package io.memlake.engine.image.kdump;

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
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.KdumpWriter;
import io.memlake.testdata.image.KdumpWriter.Codec;
import io.memlake.testdata.image.PatternFrames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KdumpFormatTest extends PhysicalMemoryContract {
  private static final String NAME = "guest.kdump";

  /** Header, sub header, and twice the bitmap of 0x10041 frames. */
  private static final int DESCRIPTORS = (2 + 2 * 3) * 4096;

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(71, 1, 158, 256, 300, 0x10000, 65);
  }

  @Override
  protected ImageIndex index() throws IOException {
    return open(write(Codec.ZLIB));
  }

  private byte[] write(Codec codec) throws IOException {
    Path file = folder.resolve(NAME);
    KdumpWriter.write(frames(), codec, file);
    return Files.readAllBytes(file);
  }

  private ImageIndex open(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve(NAME), bytes);
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
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
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void everyCodecIsDecoded(Codec codec) throws IOException {
    ImageIndex index = open(write(codec));
    assertThat(index.format()).isEqualTo("kdump");
    assertThat(index.warnings()).isEmpty();
    holdsAllFrames(index);
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void flattenedPiecesFindTheirPlaces(Codec codec) throws IOException {
    Path file = folder.resolve(NAME);
    KdumpWriter.writeFlattened(frames(), codec, file);
    ImageIndex index = open(Files.readAllBytes(file));
    assertThat(index.variant()).isEqualTo("flattened");
    assertThat(index.warnings()).isEmpty();
    holdsAllFrames(index);
  }

  @Test
  void aFlattenedFileThatIsCutLosesWhatCameLast() throws IOException {
    Path file = folder.resolve(NAME);
    KdumpWriter.writeFlattened(frames(), Codec.NONE, file);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(open(Arrays.copyOf(bytes, bytes.length - 16)).warnings())
        .singleElement()
        .asString()
        .endsWith("without its end mark");
    // The first piece of the dump came last: without it nothing is known.
    assertThatThrownBy(() -> open(Arrays.copyOf(bytes, bytes.length - 20_100)))
        .hasMessageContaining("it is of an unknown kind");
  }

  @Test
  void pagesWithoutDescriptorsAreTruncated() throws IOException {
    byte[] bytes = write(Codec.ZLIB);
    ImageIndex index = open(Arrays.copyOf(bytes, DESCRIPTORS + 24 * 200));
    assertThat(index.warnings())
        .containsExactly("The file has room for the descriptors of 200 of 523 pages");
    assertThat(index.runs())
        .startsWith(
            new PageRun(1, 158, PageState.PRESENT),
            new PageRun(256, 42, PageState.PRESENT),
            new PageRun(298, 258, PageState.TRUNCATED));
  }

  @Test
  void aCutFileTellsThatItsLastPagesAreGone() throws IOException {
    byte[] bytes = write(Codec.NONE);
    assertThat(open(Arrays.copyOf(bytes, bytes.length - 3 * 4096)).warnings())
        .containsExactly(
            "The file of "
                + (bytes.length - 3 * 4096)
                + " bytes ends before its last pages: 3 of the last 523 have no bytes");
  }

  @Test
  void aHeaderThatCountsTooFewFramesIsTold() throws IOException {
    byte[] bytes = write(Codec.ZLIB);
    LittleEndian.putI64(bytes, 4096 + 0x60, 256);
    assertThat(open(bytes).warnings())
        .containsExactly(
            "The bitmap of the 256 frames that the header counts has 158 stored ones, but there"
                + " are 523 descriptors before the first page");
  }

  @Test
  void aDescriptorThatLiesCostsItsPageOnly() throws IOException {
    byte[] bytes = write(Codec.ZLIB);
    LittleEndian.putI64(bytes, DESCRIPTORS, Long.MAX_VALUE);
    LittleEndian.putI32(bytes, DESCRIPTORS + 24 + 8, 0x7FFF_FFFF);
    LittleEndian.putI32(bytes, DESCRIPTORS + 72 + 12, 6);
    LittleEndian.putI32(bytes, DESCRIPTORS + 96 + 8, 10);
    byte[] target = new byte[6 * 4096];
    boolean[] present = new boolean[6];
    try (PhysicalMemory memory = open(bytes).open(new LocalEvidence())) {
      memory.readPages(1, 6, target, 0, present);
    }
    assertThat(present).containsExactly(false, false, true, false, false, true);
  }

  @Test
  void impossibleHeadersAreRefused() throws IOException {
    byte[] bytes = write(Codec.ZLIB);
    byte[] blockSize = bytes.clone();
    LittleEndian.putI32(blockSize, 0x1AC, 8192);
    assertThatThrownBy(() -> open(blockSize))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("the block size is");
    byte[] bitmaps = bytes.clone();
    LittleEndian.putI32(bitmaps, 0x1B4, -1);
    assertThatThrownBy(() -> open(bitmaps)).hasMessageContaining("blocks of bitmaps");
    assertThatThrownBy(() -> open(Arrays.copyOf(bytes, 5000)))
        .hasMessageContaining("the file ends before the descriptors");
    assertThatThrownBy(() -> open(Arrays.copyOf(bytes, 300)))
        .hasMessageContaining("the dump header");
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    byte[] bytes = write(Codec.LZO);
    DamagedImages.check(bytes, 0, 0x1C8, 150, new MemoryEvidence());
    DamagedImages.check(bytes, 4096, DESCRIPTORS, 100, new MemoryEvidence());
    DamagedImages.check(bytes, DESCRIPTORS, 500 * 24, 100, new MemoryEvidence());
    Path file = folder.resolve(NAME);
    KdumpWriter.writeFlattened(frames(), Codec.SNAPPY, file);
    byte[] flat = Files.readAllBytes(file);
    DamagedImages.check(flat, 0, flat.length, 60, new MemoryEvidence());
    DamagedImages.check(flat, 4096, 400, 60, new MemoryEvidence());
  }
}
