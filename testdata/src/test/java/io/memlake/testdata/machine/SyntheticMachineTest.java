package io.memlake.testdata.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.testdata.golden.FrameDigest;
import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.memory.RamMap;
import io.memlake.testdata.process.HandleSpec;
import io.memlake.testdata.truth.HandleTruth;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.Truth;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyntheticMachineTest {

  @Test
  void equalSettingsGiveEqualBytesAndAnotherSeedGivesOthers() {
    String first = digest(5);

    assertThat(digest(5)).isEqualTo(first);
    assertThat(digest(6)).isNotEqualTo(first);
  }

  private static String digest(long seed) {
    return FrameDigest.sha256(
        SyntheticMachine.windows(19041).seed(seed).standardProcesses().build());
  }

  @Test
  void namesKeepFourteenCharacters() {
    Truth truth =
        SyntheticMachine.windows(17763)
            .standardProcesses()
            .process("averylongname.exe", process -> process.parent("explorer.exe"))
            .build()
            .truth();

    assertThat(truth.process("averylongname.exe").imageFileName()).isEqualTo("averylongname.");
  }

  @Test
  void manyHandlesSpanSeveralPagesOfTheTable() {
    ProcessTruth process =
        SyntheticMachine.windows(22000)
            .standardProcesses()
            .process("many.exe", spec -> spec.parent("explorer.exe").manyHandles(700))
            .build()
            .truth()
            .process("many.exe");

    assertThat(process.handles()).hasSize(700);
    assertThat(process.handles())
        .extracting(HandleTruth::value)
        .doesNotHaveDuplicates()
        .noneMatch(value -> value % (256 * 4) == 0);
  }

  @Test
  void ramMayHaveTheHolesOfAPc() {
    SyntheticMachine machine =
        SyntheticMachine.windows(19041)
            .ram(RamMap.pc(4L << 30, 0xC0000000L))
            .standardProcesses()
            .build();

    assertThat(machine.runs())
        .containsExactly(
            new FrameRun(1, 0x9E), new FrameRun(0x100, 0xBFF00), new FrameRun(0x100000, 0x40000));
  }

  @Test
  void freeFramesHoldWhatWasAskedFor() {
    SyntheticMachine noise =
        SyntheticMachine.windows(14393).standardProcesses().fill(RamFill.Kind.NOISE).build();
    SyntheticMachine mixed =
        SyntheticMachine.windows(14393).standardProcesses().fill(RamFill.Kind.MIXED).build();

    assertThat(noise.isZero(0x900)).isFalse();
    assertThat(noise.frame(0x900)).isEqualTo(noise.frame(0x900)).isNotEqualTo(noise.frame(0x901));
    assertThat(zeroShare(mixed)).isBetween(0.15, 0.35);
  }

  private static double zeroShare(SyntheticMachine machine) {
    long zero = 0;
    for (long pfn = 0x200; pfn < 0x1000; pfn++) {
      zero += machine.isZero(pfn) ? 1 : 0;
    }
    return zero / (double) (0x1000 - 0x200);
  }

  @Test
  void aMachineOfManyProcessesHasThemAll() {
    Truth truth =
        SyntheticMachine.windows(19041)
            .ram(256L << 20)
            .standardProcesses()
            .fillUpTo(120)
            .build()
            .truth();

    assertThat(truth.processes()).hasSize(120);
    assertThat(truth.processes()).extracting(ProcessTruth::pid).doesNotHaveDuplicates();
  }

  @Test
  void mistakesInTheSettingsAreNamed() {
    assertThatThrownBy(() -> SyntheticMachine.windows(12345))
        .hasMessageContaining("12345")
        .hasMessageContaining("19041");
    assertThatThrownBy(
            () ->
                SyntheticMachine.windows(19041)
                    .standardProcesses()
                    .process("orphan.exe", process -> process.parent("nobody.exe"))
                    .build())
        .hasMessage("Process orphan.exe has no parent nobody.exe before it");
    assertThatThrownBy(
            () ->
                SyntheticMachine.windows(7601)
                    .standardProcesses()
                    .process("x.exe", process -> process.parent("explorer.exe").straddling())
                    .build())
        .hasMessageContaining("18362");
    assertThatThrownBy(
            () ->
                SyntheticMachine.windows(19041)
                    .standardProcesses()
                    .process(
                        "x.exe",
                        process ->
                            process
                                .parent("explorer.exe")
                                .handles(HandleSpec.process("gone.exe", 1)))
                    .build())
        .hasMessageContaining("gone.exe");
    assertThatThrownBy(
            () -> SyntheticMachine.windows(19041).ram(24L << 20).standardProcesses().build())
        .hasMessageContaining("ask for more");
    assertThatThrownBy(() -> SyntheticMachine.windows(19041).build())
        .hasMessageContaining("standardProcesses()");
    assertThatThrownBy(() -> new RamMap(List.of(new FrameRun(8, 4), new FrameRun(10, 4))))
        .hasMessageContaining("overlap");
  }
}
