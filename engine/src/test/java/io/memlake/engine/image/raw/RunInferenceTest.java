package io.memlake.engine.image.raw;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.SampleData;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.image.RawWriter;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.XZInputStream;

class RunInferenceTest {

  private static final int SELF_MAP = 0x1A3;

  @TempDir Path folder;

  /** Frames some of which are top-level tables of one kernel. */
  private record Tables(FrameSource frames, Set<Long> tables) implements FrameSource {
    @Override
    public List<FrameRun> runs() {
      return frames.runs();
    }

    @Override
    public byte[] frame(long pfn) {
      return tables.contains(pfn) ? table(pfn) : frames.frame(pfn);
    }

    private static byte[] table(long pfn) {
      byte[] table = new byte[FRAME];
      LittleEndian.putI64(table, 0, 0x0A00_0000_0000_0867L | (pfn * 0x2F1 % 0x4000) << 12);
      for (int index = 0x1F0; index < 0x1FC; index++) {
        LittleEndian.putI64(table, 8 * index, (0x4000L + index * 3L) << 12 | 0x63);
      }
      LittleEndian.putI64(table, 8 * SELF_MAP, 0x8000_0000_0000_0063L | pfn << 12);
      return table;
    }
  }

  private ImageIndex unpadded(FrameSource frames) throws IOException {
    Path file = folder.resolve("image.raw");
    RawWriter.writeUnpadded(frames, file);
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  @Test
  void holesBelowOneMegabyteAndFourGigabytesAreFound() throws IOException {
    FrameSource frames =
        new Tables(
            PatternFrames.of(4, 0, 0x9F, 0x100, 0x800, 0x100000, 0x400),
            Set.of(0x1ADL, 0x700L, 0x8F0L, 0x100020L, 0x1003F0L));
    ImageIndex index = unpadded(frames);
    assertThat(index.variant()).isEqualTo("unpadded");
    assertThat(index.runs())
        .containsExactly(
            new PageRun(0, 0x9F, PageState.PRESENT),
            new PageRun(0x100, 0x800, PageState.PRESENT),
            new PageRun(0x100000, 0x400, PageState.PRESENT));
    assertThat(index.warnings())
        .containsExactly(
            "The image leaves out holes between runs of RAM; 5 page tables that map themselves"
                + " gave 3 runs");
  }

  @Test
  void aHoleAtAnUnusualPlaceIsPlacedAndReported() throws IOException {
    FrameSource frames =
        new Tables(PatternFrames.of(4, 0, 0x300, 0x500, 0x300), Set.of(0x1ADL, 0x280L, 0x600L));
    ImageIndex index = unpadded(frames);
    assertThat(index.runs())
        .containsExactly(
            new PageRun(0, 0x400, PageState.PRESENT), new PageRun(0x600, 0x200, PageState.PRESENT));
    assertThat(index.warnings())
        .anyMatch(
            warning ->
                warning.contains(
                    "A hole of 0x200000 bytes lies somewhere between the offsets 0x281000 and"
                        + " 0x400000"));
  }

  @Test
  void aPaddedImageStaysPadded() throws IOException {
    FrameSource frames =
        new Tables(PatternFrames.of(4, 0, 0x900), Set.of(0x1ADL, 0x280L, 0x600L, 0x7FFL));
    ImageIndex index = unpadded(frames);
    assertThat(index.variant()).isEqualTo("padded");
    assertThat(index.warnings()).isEmpty();
  }

  @Test
  void oneTableAloneProvesNothing() throws IOException {
    FrameSource frames = new Tables(PatternFrames.of(4, 0, 0x9F, 0x100, 0x800), Set.of(0x1ADL));
    assertThat(unpadded(frames).variant()).isEqualTo("padded");
  }

  @Test
  void theRealSystemIsPaddedAndWithoutItsHoleItIsNot() throws IOException {
    Path real = folder.resolve("real.raw");
    Path cut = folder.resolve("cut.raw");
    Path sample = SampleData.file("images/reactos-amd64.raw.xz");
    try (InputStream in = new XZInputStream(new FileInputStream(sample.toFile()));
        OutputStream all = Files.newOutputStream(real);
        OutputStream holes = Files.newOutputStream(cut)) {
      byte[] buffer = new byte[1 << 16];
      for (long at = 0; at < 48L << 20; at += buffer.length) {
        assertThat(in.readNBytes(buffer, 0, buffer.length)).isEqualTo(buffer.length);
        all.write(buffer);
        if (at < 0xA0000 || at >= 0x100000) {
          holes.write(buffer);
        }
      }
    }
    LocalEvidence evidence = new LocalEvidence();
    assertThat(ImageFormats.standard().index(real.toString(), evidence).variant())
        .isEqualTo("padded");
    assertThat(ImageFormats.standard().index(cut.toString(), evidence).runs())
        .containsExactly(
            new PageRun(0, 0xA0, PageState.PRESENT), new PageRun(0x100, 0x2F00, PageState.PRESENT));
  }
}
