package io.memlake.engine.objects.vad;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.DiscoverySettings;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.MachineDiscovery;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.objects.module.LoaderModule;
import io.memlake.engine.objects.module.ModuleReader;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.ProcessList;
import io.memlake.engine.objects.process.ProcessReader;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.store.SymbolStore;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Descriptors of a system that really ran, against what its loader says in user memory. ReactOS
 * maps each section of an image by itself and keeps no control areas: views are shorter than their
 * modules and have no file.
 */
class ReactosVadTest {

  @Test
  void everyLoadedModuleIsAViewOfAnImage() throws IOException {
    SymbolStore symbols = SampleMachines.reactosSymbols();
    MachineDescription description =
        MachineDiscovery.discover(
            SampleMachines.reactos(), new LocalEvidence(), symbols, DiscoverySettings.DEFAULT);
    try (Machine machine = Machine.open(description, new LocalEvidence(), symbols)) {
      ProcessReader processes = ProcessReader.of(machine);
      ModuleReader modules = ModuleReader.of(processes);
      VadReader reader = VadReader.of(machine.symbols());
      int compared = 0;
      for (Eprocess process : ProcessList.walk(machine, processes.eprocessLayout()).processes()) {
        Optional<AddressSpace> space = processes.space(process);
        VadTree tree = reader.tree(machine.kernelSpace(), process.virtualAddress());
        assertThat(tree.gaps()).as(process.imageFileName()).isEmpty();
        for (LoaderModule module : modules.modules(process, space.orElseThrow()).modules()) {
          VadNode node = tree.find(module.base());
          assertThat(node).as(module.toString()).isNotNull();
          assertThat(node.start()).isEqualTo(module.base());
          assertThat(node.type()).isEqualTo(VadType.IMAGE_MAP);
          compared++;
        }
      }
      assertThat(compared).isGreaterThan(50);
    }
  }
}
