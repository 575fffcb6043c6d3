package io.memlake.engine.kernel.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.DiscoverySettings;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.MachineDiscovery;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SymbolMatch;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.EprocessLayout;
import io.memlake.engine.objects.process.ProcessList;
import io.memlake.engine.symbols.StructType;
import io.memlake.engine.symbols.store.SymbolStore;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calibration on a kernel that really ran, whose symbols are known and withheld. */
class RealKernelCalibrationTest {

  @Test
  void aRealKernelWithoutSymbolsTellsItsProcesses() throws IOException {
    ImageIndex image = SampleMachines.reactos();
    List<String> expected = processes(image, SampleMachines.reactosSymbols());
    MachineDescription found =
        MachineDiscovery.discover(
            image,
            new LocalEvidence(),
            SampleMachines.embeddedSymbols(),
            DiscoverySettings.DEFAULT);
    assertThat(found.symbolMatch()).isEqualTo(SymbolMatch.CALIBRATED);
    assertThat(processes(image, SampleMachines.embeddedSymbols())).isEqualTo(expected);
    StructType real = SampleMachines.reactosSymbols().forced().orElseThrow().struct("_EPROCESS");
    for (CalibratedField field : found.calibrated().orElseThrow().fields()) {
      if (field.isFound() && real.find(field.field()).isPresent()) {
        assertThat(field.offset()).as(field.toString()).isEqualTo(real.offsetOf(field.field()));
      }
    }
  }

  private static List<String> processes(ImageIndex image, SymbolStore store) throws IOException {
    MachineDescription description =
        MachineDiscovery.discover(image, new LocalEvidence(), store, DiscoverySettings.DEFAULT);
    try (Machine machine = Machine.open(description, new LocalEvidence(), store)) {
      EprocessLayout layout = EprocessLayout.resolve(machine.symbols());
      return ProcessList.walk(machine, layout).processes().stream()
          .map(RealKernelCalibrationTest::line)
          .toList();
    }
  }

  private static String line(Eprocess process) {
    return process.uniqueProcessId()
        + " "
        + process.imageFileName()
        + " "
        + Long.toHexString(process.virtualAddress());
  }
}
