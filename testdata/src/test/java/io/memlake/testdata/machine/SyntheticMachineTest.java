package io.memlake.testdata.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SyntheticMachineTest {

  @TempDir Path folder;

  static Iterable<Integer> builds() {
    return io.memlake.testdata.layout.KernelLayout.bundledBuilds();
  }

  @ParameterizedTest
  @MethodSource("builds")
  void everyBundledBuildMakesAMachineWithItsProcesses(int build) {
    Truth truth = SyntheticMachine.windows(build).seed(3).standardProcesses().build().truth();

    assertThat(truth.host().kernel().build()).isEqualTo(build);
    assertThat(truth.listed())
        .extracting(ProcessTruth::name)
        .contains("System", "smss.exe", "lsass.exe", "explorer.exe");
    assertThat(truth.kernelModules().get(0).base()).isEqualTo(truth.host().kernelBase());
  }

  @Test
  void equalSettingsGiveEqualBytes() throws IOException {
    Path first = folder.resolve("first.raw");
    Path second = folder.resolve("second.raw");

    RawWriter.writePadded(SyntheticMachine.windows(19041).standardProcesses().build(), first);
    RawWriter.writePadded(SyntheticMachine.windows(19041).standardProcesses().build(), second);

    assertThat(Files.mismatch(first, second)).isEqualTo(-1);
  }
}
