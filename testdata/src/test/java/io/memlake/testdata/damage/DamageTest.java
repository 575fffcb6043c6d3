package io.memlake.testdata.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.image.PatternFrames;
import io.memlake.testdata.machine.SyntheticMachine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {

  private static final FrameSource FRAMES = PatternFrames.of(9, 1, 200);

  @TempDir Path folder;

  private static long differingBits(FrameSource first, FrameSource second) {
    long bits = 0;
    for (long pfn = 1; pfn < 201; pfn++) {
      byte[] a = first.frame(pfn);
      byte[] b = second.frame(pfn);
      for (int i = 0; i < a.length; i++) {
        bits += Integer.bitCount((a[i] ^ b[i]) & 0xFF);
      }
    }
    return bits;
  }

  @Test
  void zeroedFramesAreZeroAndOthersAreNot() {
    DamagedFrames damaged = DamagedFrames.of(FRAMES).zero(2, 4);

    assertThat(damaged.isZero(2)).isTrue();
    assertThat(damaged.frame(4)).containsOnly(0);
    assertThat(damaged.frame(6)).isEqualTo(FRAMES.frame(6));
    assertThat(DamagedFrames.of(FRAMES).zeroShare(0.3, 1).changedFrames()).isBetween(30, 80);
  }

  @Test
  void asManyBitsFlipAsWereAskedFor() {
    assertThat(differingBits(FRAMES, DamagedFrames.of(FRAMES).flipBits(25, 3))).isEqualTo(25);
  }

  @Test
  void overwrittenBytesCrossFrames() {
    DamagedFrames damaged = DamagedFrames.of(FRAMES).overwrite(0x2FFC, 0x1122334455667788L);

    assertThat(Arrays.copyOfRange(damaged.frame(2), 0xFFC, 0x1000))
        .containsExactly(0x88, 0x77, 0x66, 0x55);
    assertThat(Arrays.copyOfRange(damaged.frame(3), 0, 4)).containsExactly(0x44, 0x33, 0x22, 0x11);
  }

  @Test
  void smearTakesAShareOfFramesFromAnotherState() {
    FrameSource later = PatternFrames.of(10, 1, 200);
    DamagedFrames smeared = DamagedFrames.of(FRAMES).smear(later, 0.25, 7);
    long taken = 0;
    for (long pfn = 1; pfn < 201; pfn++) {
      byte[] bytes = smeared.frame(pfn);
      assertThat(Arrays.equals(bytes, FRAMES.frame(pfn)) || Arrays.equals(bytes, later.frame(pfn)))
          .isTrue();
      taken += Arrays.equals(bytes, FRAMES.frame(pfn)) ? 0 : 1;
    }

    assertThat(taken).isBetween(20L, 80L);
    assertThatThrownBy(() -> DamagedFrames.of(FRAMES).smear(PatternFrames.of(1, 1, 9), 0.5, 1))
        .hasMessageContaining("runs of RAM differ");
  }

  @Test
  void listsCanLoopAndBreak() {
    SyntheticMachine machine = SyntheticMachine.windows(19041).standardProcesses().build();
    DamagedFrames damaged = DamagedFrames.of(machine);
    new BrokenLists(machine, damaged)
        .loopProcesses("lsass.exe", "smss.exe")
        .breakProcessesBackward("explorer.exe", 0xDEADBEEF000L)
        .loopKernelModules("disk.sys", "hal.dll");
    int links = machine.layout().struct("_EPROCESS").offset("ActiveProcessLinks");

    assertThat(number(damaged, machine, machine.truth().process("lsass.exe").eprocess() + links))
        .isEqualTo(machine.truth().process("smss.exe").eprocess() + links);
    assertThat(
            number(
                damaged, machine, machine.truth().process("explorer.exe").eprocess() + links + 8))
        .isEqualTo(0xDEADBEEF000L);
    assertThat(damaged.changedFrames()).isBetween(2, 3);
  }

  private static long number(FrameSource frames, SyntheticMachine machine, long virtualAddress) {
    long physical = machine.kernelSpace().physical(virtualAddress);
    return ByteBuffer.wrap(frames.frame(physical >>> 12))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong((int) (physical & 0xFFF));
  }

  @Test
  void filesCanBeCutAndOverwritten() throws IOException {
    Path file = folder.resolve("image");
    Files.write(file, new byte[] {1, 2, 3, 4, 5, 6});

    DamagedFile.truncate(file, 4);
    DamagedFile.overwrite(file, 1, (byte) 9, (byte) 8);

    assertThat(Files.readAllBytes(file)).containsExactly(1, 9, 8, 4);
  }
}
