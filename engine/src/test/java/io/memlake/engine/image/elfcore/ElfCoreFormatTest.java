package io.memlake.engine.image.elfcore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.DamagedImages;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.PhysicalMemoryContract;
import io.memlake.engine.image.SampleData;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.testdata.image.ElfCoreWriter;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.PatternFrames;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.XZInputStream;

class ElfCoreFormatTest extends PhysicalMemoryContract {

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(23, 0, 160, 256, 300, 0x80000, 64);
  }

  @Override
  protected ImageIndex index() throws IOException {
    return open(write(false));
  }

  private Path write(boolean extended) throws IOException {
    Path file = folder.resolve("image.elf");
    ElfCoreWriter.write64(frames(), List.of(0x1AD002L, 0x7777000L), extended, file);
    return file;
  }

  private static ImageIndex open(Path file) throws IOException {
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  @Test
  void theNotesOfQemuGiveTheTopTableOfEachProcessor() throws IOException {
    ImageIndex index = index();
    assertThat(index.format()).isEqualTo("elfcore");
    assertThat(index.variant()).isEqualTo("QEMU, 64-bit");
    assertThat(index.hints().number(ImageHints.DTB)).hasValue(0x1AD000);
    assertThat(index.hints().values())
        .containsEntry("dtb_cpu1", "0x7777000")
        .containsEntry("processors", "2");
  }

  @Test
  void aCountOfSegmentsInTheSectionHeaderIsFollowed() throws IOException {
    assertThat(open(write(true)).runs()).isEqualTo(index().runs());
  }

  @Test
  void narrowCoresHoldTheSameRuns() throws IOException {
    Path file = folder.resolve("narrow.elf");
    ElfCoreWriter.write32(frames(), file);
    ImageIndex index = open(file);
    assertThat(index.variant()).isEqualTo("32-bit");
    assertThat(index.runs()).isEqualTo(index().runs());
  }

  @Test
  void memoryBeyondTheFileIsZeroAndEmptySegmentsAreHoles() throws IOException {
    Path file = write(false);
    byte[] bytes = Files.readAllBytes(file);
    int third = 64 + 56 * 3;
    LittleEndian.putI64(bytes, third + 40, 70 * 4096);
    int second = 64 + 56 * 2;
    LittleEndian.putI64(bytes, second + 32, 0);
    Files.write(file, bytes);
    assertThat(open(file).runs())
        .containsExactly(
            new PageRun(0, 160, PageState.PRESENT),
            new PageRun(0x80000, 64, PageState.PRESENT),
            new PageRun(0x80040, 6, PageState.ZERO));
  }

  @Test
  void moreZerosThanAnyRamAreRefused() throws IOException {
    Path file = write(false);
    byte[] bytes = Files.readAllBytes(file);
    LittleEndian.putI64(bytes, 64 + 56 * 3 + 40, 1L << 48);
    Files.write(file, bytes);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("pages of zeros that are not stored, more than any RAM");
  }

  @Test
  void bytesThatNoSegmentClaimsAreTold() throws IOException {
    Path file = write(false);
    byte[] bytes = Files.readAllBytes(file);
    LittleEndian.putI32(bytes, 64 + 56 * 2, 7);
    Files.write(file, bytes);
    assertThat(open(file).warnings())
        .singleElement()
        .asString()
        .endsWith("bytes of the file are in no segment of memory");
  }

  @Test
  void theCoreOfAProcessIsRefused() {
    Path file = SampleData.file("formats/elfcore/lldb-linux-x86_64.core");
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("it is the core of a process");
  }

  @Test
  void theRealCoreOfQemuHasTheRunsOfTheMachine() throws IOException {
    Path file = folder.resolve("reactos.elf");
    Path sample = SampleData.file("images/reactos-amd64.elf.xz");
    try (InputStream in = new XZInputStream(new FileInputStream(sample.toFile()));
        var out = Files.newOutputStream(file)) {
      out.write(in.readNBytes(8 << 20));
    }
    ImageIndex index = open(file);
    assertThat(index.variant()).isEqualTo("QEMU, 64-bit");
    assertThat(index.hints().number(ImageHints.DTB)).isPresent();
    assertThat(index.runs()).anyMatch(run -> run.firstPfn() == 0);
    assertThat(index.runs()).anyMatch(run -> run.state() == PageState.TRUNCATED);
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    DamagedImages.check(write(true), 64 + 56 * 4 + 64 + 900, 1500);
  }
}
