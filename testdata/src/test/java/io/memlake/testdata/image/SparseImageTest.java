package io.memlake.testdata.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.memory.RamMap;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparseImageTest {

  @TempDir Path folder;

  private static byte[] read(Path file, long offset) throws IOException {
    byte[] bytes = new byte[FrameSource.FRAME];
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(offset);
      in.readFully(bytes);
    }
    return bytes;
  }

  @Test
  void paddedAndUnpaddedImagesHoldEveryFrameAtItsPlace() throws IOException {
    FrameSource frames = PatternFrames.of(4, 2, 30, 50, 20);
    Path padded = folder.resolve("padded.raw");
    Path unpadded = folder.resolve("unpadded.raw");

    RawWriter.writePadded(frames, padded);
    RawWriter.writeUnpadded(frames, unpadded);

    assertThat(Files.size(padded)).isEqualTo(70L * FrameSource.FRAME);
    assertThat(Files.size(unpadded)).isEqualTo(50L * FrameSource.FRAME);
    for (long pfn = 2; pfn < 32; pfn++) {
      assertThat(read(padded, pfn * FrameSource.FRAME)).isEqualTo(frames.frame(pfn));
      assertThat(read(unpadded, (pfn - 2) * FrameSource.FRAME)).isEqualTo(frames.frame(pfn));
    }
    assertThat(read(padded, 40L * FrameSource.FRAME)).containsOnly(0);
    assertThat(read(unpadded, 30L * FrameSource.FRAME)).isEqualTo(frames.frame(50));
  }

  @Test
  void aLastFrameThatIsZeroStillCounts() throws IOException {
    Path file = folder.resolve("tail.raw");

    RawWriter.writeUnpadded(PatternFrames.of(1, 1, 3), file);

    assertThat(PatternFrames.of(1, 1, 3).isZero(3)).isTrue();
    assertThat(Files.size(file)).isEqualTo(3L * FrameSource.FRAME);
  }

  @Test
  void aMachineOfFourGibibytesIsWrittenWithItsHole() throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(19041)
            .ram(RamMap.pc(4L << 30, 0xC0000000L))
            .standardProcesses()
            .build();
    Path padded = folder.resolve("padded.raw");
    Path dump = folder.resolve("memory.dmp");
    long dtb = machine.truth().host().dtb();

    RawWriter.writePadded(machine, padded);
    CrashDumpWriter.write(machine, machine.crashDumpHeader(), dump);

    assertThat(Files.size(padded)).isEqualTo(5L << 30);
    assertThat(Files.size(dump)).isEqualTo(0x2000 + machine.frameCount() * FrameSource.FRAME);
    assertThat(read(padded, dtb)).isEqualTo(machine.frame(dtb >>> 12));
    assertThat(read(dump, 0x2000 + 0x9EL * FrameSource.FRAME + dtb - 0x100000))
        .isEqualTo(machine.frame(dtb >>> 12));
  }
}
