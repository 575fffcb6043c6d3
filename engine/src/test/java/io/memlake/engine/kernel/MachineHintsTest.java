package io.memlake.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.image.convert.CrashDumpWriter;
import io.memlake.engine.image.convert.LocalOutput;
import io.memlake.engine.physical.PhysicalMemory;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.truth.HostTruth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A crash dump that is made of a RAM image says where the kernel is. */
class MachineHintsTest {
  @TempDir Path folder;

  private static MachineDescription discover(ImageIndex image) throws IOException {
    return MachineDiscovery.discover(
        image, new LocalEvidence(), SampleMachines.embeddedSymbols(), DiscoverySettings.DEFAULT);
  }

  private ImageIndex dump(ImageIndex image) throws IOException {
    Path file = folder.resolve("out.dmp");
    try (PhysicalMemory memory = image.open(new LocalEvidence());
        LocalOutput out = LocalOutput.create(file)) {
      new CrashDumpWriter().write(memory, MachineHints.of(discover(image)), out, pages -> {});
    }
    return ImageFormats.standard().index(file.toString(), new LocalEvidence());
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 17763, 22000})
  void aDumpOfARawImageNamesTheMachine(int build) throws IOException {
    SyntheticMachine machine = SyntheticMachine.windows(build).standardProcesses().build();
    ImageIndex dump = dump(new SyntheticImage(machine));
    HostTruth host = machine.truth().host();
    assertThat(dump.hints().number(ImageHints.DTB)).hasValue(host.dtb());
    assertThat(dump.hints().build()).hasValue(build);
    MachineDescription found = discover(dump);
    assertThat(found.kernelBase()).isEqualTo(host.kernelBase());
    assertThat(found.votes())
        .anySatisfy(
            vote -> {
              assertThat(vote.locator()).isEqualTo("dtb.header");
              assertThat(vote.accepted()).isTrue();
            })
        .anySatisfy(
            vote -> {
              assertThat(vote.locator()).isEqualTo("kernel.header_ps_loaded_module_list");
              assertThat(vote.accepted()).isTrue();
            });
  }

  @Test
  void whatTheContainerItselfSaysStays() throws IOException {
    SyntheticMachine machine = SyntheticMachine.windows(19041).standardProcesses().build();
    ImageHints header = ImageHints.of(Map.of(ImageHints.KDBG, "0xfffff80011111110"));
    ImageHints hints = MachineHints.of(discover(new SyntheticImage(machine, header)));
    assertThat(hints.number(ImageHints.KDBG)).hasValue(0xfffff80011111110L);
    assertThat(hints.number(ImageHints.DTB)).hasValue(machine.truth().host().dtb());
  }

  @Test
  void memoryWithoutWindowsGivesItsHeaderAlone() throws IOException {
    SyntheticMachine machine = SyntheticMachine.windows(19041).standardProcesses().build();
    SyntheticImage noise = new SyntheticImage(machine);
    machine
        .runs()
        .forEach(
            run -> {
              for (long pfn = run.firstPfn(); pfn < run.endPfn(); pfn++) {
                noise.losePage(pfn << 12);
              }
            });
    assertThat(MachineHints.of(discover(noise))).isEqualTo(ImageHints.NONE);
  }
}
