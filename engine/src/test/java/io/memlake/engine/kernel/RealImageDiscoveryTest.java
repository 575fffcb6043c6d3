package io.memlake.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.symbols.store.SymbolStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class RealImageDiscoveryTest {

  @Test
  void aKernelWithoutDebugRecordIsKnownByItsPointers() throws IOException {
    MachineDescription machine =
        discover(SampleMachines.windows10Raw(), SampleMachines.embeddedSymbols());
    assertWindows10(machine);
    assertThat(machine.version())
        .isEqualTo(new SystemVersion(10, 0, 19041, "build laboratory text"));
  }

  @Test
  void aCrashDumpOfTheSamePagesGivesTheSameMachine() throws IOException {
    MachineDescription machine =
        discover(SampleMachines.windows10Dump(), SampleMachines.embeddedSymbols());
    assertWindows10(machine);
    assertThat(machine.version()).isEqualTo(new SystemVersion(10, 0, 19041, "container header"));
    assertThat(machine.votes())
        .contains(
            LocatorVote.rejected(
                "kernel.loader_list", 0xFFFFF8047C62A390L, "its first entry 0x0 is unreadable"))
        .extracting(LocatorVote::locator)
        .contains("dtb.header", "dtb.self_map_fixed", "kernel.header_kdbg", "kernel.pe_scan");
  }

  private static void assertWindows10(MachineDescription machine) {
    assertThat(machine.dtb()).isEqualTo(0x1AD000);
    assertThat(machine.kernelBase()).isEqualTo(0xFFFFF8047BA00000L);
    assertThat(machine.kernelSize()).isEqualTo(0x1046000);
    assertThat(machine.debuggerData()).isEqualTo(0xFFFFF8047C600B20L);
    assertThat(machine.pdb().key()).isEqualTo("5278AFF86C341677D7D7835C85B7B844-1");
    assertThat(machine.symbolMatch()).isEqualTo(SymbolMatch.FINGERPRINT);
    assertThat(machine.problem()).isEmpty();
    assertThat(machine.notes()).isEmpty();
  }

  @Test
  void aKernelWithoutIdentityIsOpenedWithNamedSymbols() throws IOException {
    MachineDescription machine =
        discover(SampleMachines.reactos(), SampleMachines.reactosSymbols());
    assertThat(machine.dtb()).isEqualTo(0x9B2000);
    assertThat(machine.kernelBase()).isEqualTo(0xFFFFF80000400000L);
    assertThat(machine.symbolMatch()).isEqualTo(SymbolMatch.FORCED);
    assertThat(machine.version()).isEqualTo(new SystemVersion(5, 2, 3790, "NtBuildNumber"));
    assertThat(machine.votes())
        .contains(
            LocatorVote.accepted(
                "dtb.system_process", 0x9B2000, "DirectoryTableBase of the System process"));
    assertThat(machine.confidence()).isEqualTo(90);
  }

  @Test
  void symbolsOfAnotherKernelAreNotedWhenForced() throws IOException {
    MachineDescription machine =
        discover(SampleMachines.windows10Raw(), SampleMachines.reactosSymbols());
    assertThat(machine.notes()).singleElement().asString().startsWith("The symbols fit badly: ");
    assertThat(machine.confidence()).isLessThan(70);
  }

  @Test
  void theDescriptionSurvivesSerialization() throws IOException, ClassNotFoundException {
    MachineDescription machine =
        discover(SampleMachines.windows10Raw(), SampleMachines.embeddedSymbols());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(machine);
    }
    assertThat(bytes.size()).isLessThan(64 << 10);
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      MachineDescription copy = (MachineDescription) in.readObject();
      assertThat(copy.votes()).isEqualTo(machine.votes());
      try (Machine opened =
          Machine.open(copy, new LocalEvidence(), SampleMachines.embeddedSymbols())) {
        assertThat(opened.kernelSpace().dtb()).isEqualTo(0x1AD000);
      }
    }
  }

  private static MachineDescription discover(ImageIndex image, SymbolStore symbols)
      throws IOException {
    return MachineDiscovery.discover(
        image, new LocalEvidence(), symbols, DiscoverySettings.DEFAULT);
  }
}
