package io.memlake.engine.image.crashdump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.image.CrashDumpWriter;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.PatternFrames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDumpTest extends PhysicalMemoryContract {

  @TempDir Path folder;

  @Override
  protected FrameSource frames() {
    return PatternFrames.of(3, 1, 158, 256, 300, 0x100000, 64);
  }

  @Override
  protected ImageIndex index() throws IOException {
    return open(write());
  }

  private Path write() throws IOException {
    Path file = folder.resolve("full.dmp");
    CrashDumpWriter.write(frames(), DumpSamples.MACHINE, file);
    return file;
  }

  private static ImageIndex open(Path file) throws IOException {
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  private Path damaged(int offset, long value, int bytes) throws IOException {
    Path file = write();
    byte[] content = Files.readAllBytes(file);
    for (int i = 0; i < bytes; i++) {
      content[offset + i] = (byte) (value >>> (8 * i));
    }
    Files.write(file, content);
    return file;
  }

  @Test
  void theHeaderGivesHints() throws IOException {
    ImageIndex index = index();
    assertThat(index.format()).isEqualTo("crashdump");
    assertThat(index.variant()).isEqualTo("full, 64-bit");
    ImageHints hints = index.hints();
    assertThat(hints.number(ImageHints.DTB)).hasValue(0x1AD000);
    assertThat(hints.number(ImageHints.KDBG)).hasValue(0xFFFF_F804_7C60_0B20L);
    assertThat(hints.number(ImageHints.PS_LOADED_MODULE_LIST)).hasValue(0xFFFF_F804_7C62_A2B0L);
    assertThat(hints.number(ImageHints.PS_ACTIVE_PROCESS_HEAD)).hasValue(0xFFFF_F804_7C61_DF80L);
    assertThat(hints.number(ImageHints.MACHINE)).hasValue(0x8664);
    assertThat(hints.build()).hasValue(19041);
    assertThat(hints.takenAt())
        .hasValueSatisfying(t -> assertThat(t).isEqualTo("2021-02-21T01:57:22Z"));
    assertThat(hints.values())
        .containsEntry("bugcheck", "0xe2")
        .containsEntry("uptime_seconds", "3600");
  }

  @Test
  void fieldsThatWindowsDidNotSetGiveNoHint() throws IOException {
    assertThat(index().hints().values()).doesNotContainKeys("comment", "attributes", "boot_id");
    Path file = damaged(0x80, 0x4547415045474150L, 8);
    assertThat(open(file).hints().number(ImageHints.KDBG)).isEmpty();
  }

  @Test
  void framesBehindTheEndOfTheFileAreTruncated() throws IOException {
    Path file = write();
    byte[] content = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(content, content.length - 10 * 4096 - 1000));
    ImageIndex index = open(file);
    assertThat(index.runs())
        .endsWith(
            new PageRun(0x100000, 53, PageState.PRESENT),
            new PageRun(0x100035, 11, PageState.TRUNCATED));
    assertThat(index.warnings()).anyMatch(w -> w.startsWith("The file ends at 0x"));
    byte[] frame = new byte[4096];
    try (PhysicalMemory memory = index.open(new LocalEvidence())) {
      assertThat(memory.read(0x100035L << 12, frame, 0, 4096)).as("cut frame").isTrue();
      assertThat(frame).endsWith(new byte[1000]);
      assertThat(memory.read(0x100036L << 12, frame, 0, 4096)).isFalse();
    }
  }

  @Test
  void aDescriptorThatWasNeverFilledIsRefused() throws IOException {
    Path file = damaged(0x88, 0x45474150L, 4);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CorruptImageException.class)
        .hasMessage(
            "Cannot read " + file + ": at 0x88 the list of memory runs was never filled in");
  }

  @Test
  void moreRunsThanTheHeaderHasRoomForAreRefused() throws IOException {
    Path file = damaged(0x88, 43, 4);
    assertThatThrownBy(() -> open(file))
        .hasMessageContaining("the header claims 43 memory runs; it has room for 1 to 42");
  }

  @Test
  void aRunOutsideThePhysicalAddressSpaceIsRefused() throws IOException {
    Path file = damaged(0x98 + 8, -1, 8);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining(
            "at 0x98 the run of 18446744073709551615 pages at page 0x1 is not a run of RAM");
  }

  @Test
  void aPageCountThatDoesNotMatchTheRunsIsReported() throws IOException {
    assertThat(open(damaged(0x90, 77, 8)).warnings())
        .containsExactly("The header counts 77 pages, its runs hold 522");
  }

  @Test
  void anUnknownMachineIsRefused() throws IOException {
    Path file = damaged(0x30, 0x1234, 4);
    assertThatThrownBy(() -> open(file))
        .hasMessageContaining("the machine type 0x1234 is none that Windows ran on");
  }

  @Test
  void anEncryptedDumpIsRefusedByName() throws IOException {
    Path file = damaged(0x1050, 1 << 8, 4);
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(UnsupportedImageException.class)
        .hasMessageContaining("an encrypted crash dump");
  }

  @Test
  void aDumpWithHalfOfItsMarkIsNotReadAsRaw() throws IOException {
    Path file = folder.resolve("half.dmp");
    CrashDumpWriter.write(frames(), DumpSamples.MACHINE, file);
    byte[] bytes = Files.readAllBytes(file);
    for (int half : new int[] {0, 4}) {
      byte[] damaged = bytes.clone();
      damaged[half] = 0;
      Files.write(file, damaged);
      assertThatThrownBy(() -> DumpSamples.open(file))
          .isInstanceOf(CorruptImageException.class)
          .hasMessageContaining("at 0x" + half + " half of the mark of a crash dump is damaged");
    }
  }

  @Test
  void aFileThatEndsInsideTheHeaderIsRefused() throws IOException {
    Path file = write();
    Files.write(file, java.util.Arrays.copyOf(Files.readAllBytes(file), 0x1800));
    assertThatThrownBy(() -> open(file))
        .hasMessageContaining("the file of 6144 bytes ends inside or before the dump header");
  }

  @Test
  void overlappingRunsAreReportedAndTheFirstCounts() throws IOException {
    ImageIndex index = open(damaged(0x98 + 16, 100, 8));
    assertThat(index.warnings()).anyMatch(w -> w.contains("59 frames are in more than one run"));
    byte[] number = new byte[8];
    try (PhysicalMemory memory = index.open(new LocalEvidence())) {
      assertThat(memory.read(120L << 12, number, 0, 8)).isTrue();
    }
    assertThat(ByteBuffer.wrap(number).order(ByteOrder.LITTLE_ENDIAN).getLong()).isEqualTo(120);
  }

  @Test
  void theRealKernelDumpHoldsTheSameFramesAsItsRawImage() throws IOException {
    ImageIndex dump = open(SampleData.file("images/w10-19041.804.full.dmp"));
    ImageIndex raw = open(SampleData.file("images/w10-19041.804.raw"));
    assertThat(dump.hints().number(ImageHints.DTB)).hasValue(0x1AD000);
    assertThat(dump.hints().number(ImageHints.KDBG)).hasValue(0xFFFF_F804_7C60_0B20L);
    assertThat(dump.hints().build()).hasValue(19041);
    byte[] expected = new byte[4096];
    byte[] found = new byte[4096];
    long compared = 0;
    try (PhysicalMemory left = raw.open(new LocalEvidence());
        PhysicalMemory right = dump.open(new LocalEvidence())) {
      for (PageRun run : dump.runs()) {
        for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
          assertThat(left.read(pfn << 12, expected, 0, 4096)).isTrue();
          assertThat(right.read(pfn << 12, found, 0, 4096)).isTrue();
          assertThat(java.util.Arrays.equals(found, expected)).as("frame %d", pfn).isTrue();
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(1043);
  }

  @Test
  void anyDamageGivesAnImageOrAnError() throws IOException {
    DamagedImages.check(write(), 0x2000, 1500);
  }

  @Test
  void aCutAnywhereInTheHeaderIsAnError() throws IOException {
    DamagedImages.checkCuts(Files.readAllBytes(write()), 1, 0x2400, 61);
  }
}
