package io.memlake.engine.image.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.bytes.FileByteSource;
import io.memlake.engine.image.ExternalTool;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.PhysicalMemoryContract;
import io.memlake.engine.image.zip.ZipDirectory;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.PatternFrames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Aff4WriterTest extends PhysicalMemoryContract {

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(61, 1, 158, 256, 4200, 0x100000, 65);
  }

  @Override
  protected ImageIndex index() throws IOException {
    Path file = folder.resolve("out.aff4");
    write(new Frames(frames()), ImageHints.NONE, file);
    return open(file);
  }

  private static ConversionReport write(PhysicalMemory memory, ImageHints hints, Path file)
      throws IOException {
    try (LocalOutput out = LocalOutput.create(file)) {
      return new Aff4Writer().write(memory, hints, out, pages -> {});
    }
  }

  private static ImageIndex open(Path file) throws IOException {
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  @Test
  void itIsTheStandardsContainer() throws IOException {
    ImageIndex index = index();
    assertThat(index.format()).isEqualTo("aff4");
    assertThat(index.variant()).isEqualTo("map");
    assertThat(index.warnings()).isEmpty();
  }

  @Test
  void zeroAndUnreadableFramesStayWhatTheyAre() throws IOException {
    Path file = folder.resolve("states.aff4");
    ConversionReport report = write(new Frames(frames(), 7, 1L << 30), ImageHints.NONE, file);
    assertThat(open(file).runs())
        .contains(
            new PageRun(0x2000, 3, PageState.UNREADABLE),
            new PageRun(0x300000, 1L << 30, PageState.ZERO));
    assertThat(open(file).runs()).contains(new PageRun(7, 1, PageState.UNREADABLE));
    assertThat(report.pages(PageState.UNREADABLE)).isEqualTo(4);
    assertThat(report.pagesWritten()).isEqualTo(frames().frameCount() - 1 + (1L << 30));
    byte[] target = new byte[4096];
    try (PhysicalMemory memory = open(file).open(new LocalEvidence())) {
      assertThat(memory.read(7L << 12, target, 0, 4096)).isFalse();
      assertThat(memory.read(8L << 12, target, 0, 4096)).isTrue();
    }
    assertThat(target).isEqualTo(frames().frame(8));
  }

  @Test
  void theReportTellsTheLengthOfTheFile() throws IOException {
    Path file = folder.resolve("length.aff4");
    ConversionReport report = write(new Frames(frames()), ImageHints.NONE, file);
    assertThat(file).hasSize(report.bytesWritten());
    assertThat(report.pages(PageState.NOT_DUMPED)).isPositive();
  }

  @Test
  void theArchiveIsOneForOtherPrograms() throws IOException {
    Path file = folder.resolve("zip.aff4");
    write(new Frames(frames()), ImageHints.NONE, file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.getComment()).startsWith("aff4://");
      byte[] volume = zip.getInputStream(zip.getEntry("container.description")).readAllBytes();
      assertThat(new String(volume, StandardCharsets.UTF_8)).isEqualTo(zip.getComment());
      assertThat(zip.getEntry("PhysicalMemory/data/00000001.index")).isNotNull();
    }
    ExternalTool.run(
        folder,
        "python3",
        "-c",
        "import zipfile; z = zipfile.ZipFile('zip.aff4'); assert z.testzip() is None");
  }

  @Test
  void membersBeyondFourGibibytesAreFound() throws IOException {
    Path file = folder.resolve("far.zip");
    long start = 5L << 30;
    byte[] content = "far away".getBytes(StandardCharsets.US_ASCII);
    try (LocalOutput out = LocalOutput.create(file)) {
      out.skip(start);
      ZipOutput zip = new ZipOutput(out, start);
      zip.add("near", content);
      zip.add("far", content);
      zip.finish("comment");
      assertThat(zip.position()).isPositive();
    }
    try (FileByteSource source = FileByteSource.open(file);
        ZipFile zip = new ZipFile(file.toFile())) {
      ZipDirectory directory = ZipDirectory.read(source).orElseThrow();
      assertThat(directory.members()).hasSize(2);
      assertThat(zip.getInputStream(zip.getEntry("far")).readAllBytes()).isEqualTo(content);
    }
  }

  /** Frames of the test data, with states that files of other formats do not have together. */
  private static final class Frames implements PhysicalMemory {
    private final FrameSource frames;
    private final long lost;
    private final List<PageRun> runs;

    Frames(FrameSource frames) {
      this(frames, -1, 0);
    }

    /** {@code lost} is called present but has no bytes. */
    Frames(FrameSource frames, long lost, long zeroPages) {
      this.frames = frames;
      this.lost = lost;
      List<PageRun> all =
          new java.util.ArrayList<>(
              frames.runs().stream()
                  .map(run -> new PageRun(run.firstPfn(), run.count(), PageState.PRESENT))
                  .toList());
      if (zeroPages > 0) {
        all.add(2, new PageRun(0x2000, 3, PageState.UNREADABLE));
        all.add(new PageRun(0x300000, zeroPages, PageState.ZERO));
      }
      this.runs = List.copyOf(all);
    }

    @Override
    public String name() {
      return "frames";
    }

    @Override
    public List<PageRun> runs() {
      return runs;
    }

    @Override
    public PageState stateOf(long pfn) {
      return runs.stream()
          .filter(run -> run.contains(pfn))
          .map(PageRun::state)
          .findFirst()
          .orElse(PageState.NOT_DUMPED);
    }

    @Override
    public boolean read(long physicalAddress, byte[] target, int offset, int length) {
      long pfn = physicalAddress >>> 12;
      if (pfn == lost || !stateOf(pfn).readable()) {
        return false;
      }
      int from = (int) physicalAddress & 4095;
      byte[] part = Arrays.copyOfRange(frames.frame(pfn), from, from + length);
      System.arraycopy(part, 0, target, offset, length);
      return true;
    }

    @Override
    public void close() {}
  }
}
