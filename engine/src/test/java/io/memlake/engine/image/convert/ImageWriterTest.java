package io.memlake.engine.image.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.CrashDumpWriter.Machine;
import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.image.RawWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageWriterTest {

  private static final Machine MACHINE =
      new Machine(0x1AD000, 1, 2, 3, 4, 19041, 4, 132_583_462_420_000_000L);

  @TempDir Path folder;

  private ImageIndex dump(FrameSource frames) throws IOException {
    Path file = folder.resolve("in.dmp");
    io.memlake.testdata.image.CrashDumpWriter.write(frames, MACHINE, file);
    return open(file);
  }

  private static ImageIndex open(Path file) throws IOException {
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  private ConversionReport convert(ImageIndex index, String format, Path out) throws IOException {
    AtomicLong progress = new AtomicLong();
    try (PhysicalMemory memory = index.open(new LocalEvidence());
        LocalOutput output = LocalOutput.create(out)) {
      ConversionReport report =
          ImageWriter.named(format)
              .orElseThrow()
              .write(memory, index.hints(), output, progress::addAndGet);
      assertThat(progress.get()).isGreaterThanOrEqualTo(report.pagesWritten());
      return report;
    }
  }

  @Test
  void rawHoldsEveryFrameAtItsAddressAndReportsTheHoles() throws IOException {
    FrameSource frames = PatternFrames.of(8, 1, 158, 256, 300, 0x1000, 3000);
    Path expected = folder.resolve("expected.raw");
    RawWriter.writePadded(frames, expected);
    Path out = folder.resolve("out.raw");
    ConversionReport report = convert(dump(frames), "raw", out);
    assertThat(out).hasSameBinaryContentAs(expected);
    assertThat(report.bytesWritten()).isEqualTo(Files.size(out));
    assertThat(report.pagesWritten()).isEqualTo(frames.frameCount());
    assertThat(report.gaps())
        .containsExactly(
            new PageRun(0, 1, PageState.NOT_DUMPED),
            new PageRun(159, 97, PageState.NOT_DUMPED),
            new PageRun(556, 0x1000 - 556, PageState.NOT_DUMPED));
    assertThat(report.zeroFilled()).isTrue();
  }

  @Test
  void aTruncatedSourceGivesZerosThatAreReported() throws IOException {
    FrameSource frames = PatternFrames.of(8, 0, 100);
    dump(frames);
    Path file = folder.resolve("in.dmp");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 3 * 4096 - 96));
    Path out = folder.resolve("out.raw");
    ConversionReport report = convert(open(file), "raw", out);
    assertThat(Files.size(out)).isEqualTo(100 * 4096);
    assertThat(report.gaps()).containsExactly(new PageRun(96, 4, PageState.TRUNCATED));
    assertThat(report.pagesWritten()).isEqualTo(97);
  }

  @Test
  void aCrashDumpOfACrashDumpHoldsTheSame() throws IOException {
    FrameSource frames = PatternFrames.of(8, 1, 158, 256, 300);
    ImageIndex source = dump(frames);
    Path out = folder.resolve("out.dmp");
    ConversionReport report = convert(source, "crashdump", out);
    ImageIndex copy = open(out);
    assertThat(copy.variant()).isEqualTo("full, 64-bit");
    assertThat(copy.runs()).isEqualTo(source.runs());
    for (String hint :
        new String[] {ImageHints.DTB, ImageHints.KDBG, ImageHints.BUILD, ImageHints.TAKEN_AT}) {
      assertThat(copy.hints().values().get(hint)).isEqualTo(source.hints().values().get(hint));
    }
    assertThat(report.zeroFilled()).isFalse();
    assertThat(report.pages(PageState.NOT_DUMPED)).isEqualTo(98);
    assertSameFrames(frames, copy);
  }

  @Test
  void anExistingFileIsNeverOverwritten() throws IOException {
    Path out = Files.createFile(folder.resolve("precious"));
    assertThatThrownBy(() -> LocalOutput.create(out))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void unknownFormatsHaveNoWriter() {
    assertThat(ImageWriter.named("paper")).isEmpty();
  }

  static void assertSameFrames(FrameSource frames, ImageIndex index) throws IOException {
    byte[] frame = new byte[4096];
    try (PhysicalMemory memory = index.open(new LocalEvidence())) {
      for (FrameRun run : frames.runs()) {
        for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
          assertThat(memory.read(pfn << 12, frame, 0, 4096)).isTrue();
          assertThat(frame).isEqualTo(frames.frame(pfn));
        }
      }
    }
  }
}
