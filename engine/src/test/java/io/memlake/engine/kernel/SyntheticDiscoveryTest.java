package io.memlake.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.paging.AddressSpaces;
import io.memlake.engine.paging.PagedOutPages;
import io.memlake.engine.paging.PteLayout;
import io.memlake.engine.pe.PeImage;
import io.memlake.testdata.image.FrameRun;
import io.memlake.testdata.image.FrameSource;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.truth.HostTruth;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locators fail one after the other; the machine is found all the same. */
class SyntheticDiscoveryTest {

  @Test
  void aHeaderThatLiesDoesNotHideTheMachine() throws IOException {
    SyntheticMachine machine = SyntheticMachine.windows(19041).standardProcesses().build();
    ImageHints lies =
        ImageHints.of(
            Map.of(
                ImageHints.DTB, "0x12345000",
                ImageHints.KDBG, "0xfffff80011111110",
                ImageHints.PS_LOADED_MODULE_LIST, "0x1000",
                ImageHints.BUILD, "7601"));
    MachineDescription found = discover(new SyntheticImage(machine, lies));
    assertFound(found, machine.truth().host());
    assertThat(found.votes())
        .contains(
            LocatorVote.rejected("dtb.header", 0x12345000, "the frame is not in the image"),
            LocatorVote.rejected(
                "kernel.header_ps_loaded_module_list", 0x1000, "is no kernel address"));
    assertThat(found.notes())
        .containsExactly("Build 19041 by KUSER_SHARED_DATA, but 7601 by container header");
  }

  @Test
  void tablesBeyondTheUsualPlaceAreFoundByTheSweep() throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(22000)
            .standardProcesses()
            .withoutStartBlock()
            .dtb(0x3A00000)
            .build();
    MachineDescription found = discover(new SyntheticImage(machine));
    assertFound(found, machine.truth().host());
  }

  @Test
  void withoutASweepTheProblemSaysWhatWasTried() throws IOException {
    SyntheticMachine machine =
        SyntheticMachine.windows(22000)
            .standardProcesses()
            .withoutStartBlock()
            .dtb(0x3A00000)
            .build();
    MachineDescription found =
        MachineDiscovery.discover(
            new SyntheticImage(machine),
            new LocalEvidence(),
            SampleMachines.embeddedSymbols(),
            new DiscoverySettings(false, 0));
    assertThat(found.problem())
        .contains(
            "No Windows page tables found in synthetic.raw: low_stub: low memory holds no"
                + " startup stub; self_map: no page of the first 16 MiB refers to itself like a"
                + " top table; self_map_32: no page of the first 16 MiB looks like tables of"
                + " 32-bit Windows");
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 9600, 17763, 20348})
  void aKernelWhoseDebugRecordIsLostIsKnownByItsPointers(int build) throws IOException {
    SyntheticMachine machine = SyntheticMachine.windows(build).standardProcesses().build();
    SyntheticImage image = new SyntheticImage(machine);
    image.losePage(debugDirectory(image, machine.truth().host()));
    MachineDescription found = discover(image);
    assertThat(found.kernelBase()).isEqualTo(machine.truth().host().kernelBase());
    assertThat(found.symbolMatch()).isIn(SymbolMatch.FINGERPRINT, SymbolMatch.FINGERPRINT_TIE);
    assertThat(found.version().build()).isEqualTo(build);
    assertThat(found.activeProcessHead()).isEqualTo(machine.truth().host().activeProcessHead());
  }

  @Test
  void anUnknownUpdateOfAKnownBuildBorrowsLayoutsAndChecksThem() throws IOException {
    SyntheticMachine machine = SyntheticMachine.windows(7601).standardProcesses().build();
    SyntheticImage image = new SyntheticImage(machine);
    renameKernel(image, machine.truth().host());
    MachineDescription found = discover(image);
    assertThat(found.symbolMatch()).isEqualTo(SymbolMatch.CALIBRATED);
    assertThat(found.pdb().guid()).isNotEqualTo(machine.truth().host().kernel().pdbGuid());
    // The block that Windows 7 keeps plain tells where the lists are.
    assertThat(found.activeProcessHead()).isEqualTo(machine.truth().host().activeProcessHead());
    assertThat(found.loadedModuleList()).isEqualTo(machine.truth().host().loadedModuleList());
    assertThat(found.problem()).isEmpty();
    Machine.open(found, new LocalEvidence(), SampleMachines.embeddedSymbols()).close();
  }

  /** Changes the GUID in the kernel's debug record. */
  private static void renameKernel(SyntheticImage image, HostTruth host) throws IOException {
    var space =
        AddressSpaces.x64(
            image.open(new LocalEvidence()), host.dtb(), PteLayout.x64(0), PagedOutPages.NONE);
    PeImage kernel = PeImage.at(space, host.kernelBase()).orElseThrow();
    byte[] entry =
        space
            .map(host.kernelBase() + kernel.directoryOffset(PeImage.DIRECTORY_DEBUG), 28)
            .orElseThrow();
    long guid = space.translate(host.kernelBase() + LittleEndian.u32(entry, 20) + 8);
    image.putI64(guid, ~image.i64(guid));
  }

  /** Physical address of the page with the kernel's debug directory. */
  private static long debugDirectory(SyntheticImage image, HostTruth host) throws IOException {
    var space =
        AddressSpaces.x64(
            image.open(new LocalEvidence()), host.dtb(), PteLayout.x64(0), PagedOutPages.NONE);
    PeImage kernel = PeImage.at(space, host.kernelBase()).orElseThrow();
    return space.translate(host.kernelBase() + kernel.directoryOffset(PeImage.DIRECTORY_DEBUG));
  }

  @Test
  void theSystemProcessCorrectsTheTablesOfAnotherOne() throws IOException {
    SyntheticMachine machine = SyntheticMachine.windows(19041).standardProcesses().build();
    long other = machine.truth().process("explorer.exe").dtb();
    ImageHints hints = ImageHints.of(Map.of(ImageHints.DTB, "0x" + Long.toHexString(other | 2)));
    MachineDescription found = discover(new SyntheticImage(machine, hints));
    assertFound(found, machine.truth().host());
    assertThat(found.votes())
        .anyMatch(vote -> vote.locator().equals("dtb.header") && vote.value() == other);
  }

  @Test
  void randomBytesAreNoMachine() throws IOException {
    byte[] noise = new byte[4096];
    FrameSource random =
        new FrameSource() {
          @Override
          public List<FrameRun> runs() {
            return List.of(new FrameRun(0, 8192));
          }

          @Override
          public byte[] frame(long pfn) {
            new Random(pfn).nextBytes(noise);
            return noise;
          }

          @Override
          public boolean isZero(long pfn) {
            return false;
          }
        };
    MachineDescription found = discover(new SyntheticImage(random));
    assertThat(found.confidence()).isZero();
    assertThat(found.problem())
        .contains(
            "No Windows page tables found in synthetic.raw: low_stub: low memory holds no"
                + " startup stub; self_map: no page of the first 16 MiB refers to itself like a"
                + " top table; self_map: no page of the image refers to itself like a top"
                + " table; system_eprocess: no EPROCESS of System lies in RAM; self_map_32: no page"
                + " of the first 16 MiB looks like tables of 32-bit Windows; self_map_32: no page"
                + " of the image looks like tables of 32-bit Windows");
    assertThatThrownBy(
            () ->
                Machine.open(found, new LocalEvidence(), SampleMachines.embeddedSymbols()).close())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("No Windows page tables found in synthetic.raw");
  }

  private static MachineDescription discover(SyntheticImage image) throws IOException {
    return MachineDiscovery.discover(
        image, new LocalEvidence(), SampleMachines.embeddedSymbols(), DiscoverySettings.DEFAULT);
  }

  private static void assertFound(MachineDescription found, HostTruth truth) {
    assertThat(found.dtb()).isEqualTo(truth.dtb());
    assertThat(found.kernelBase()).isEqualTo(truth.kernelBase());
    assertThat(found.kernelSize()).isEqualTo(truth.kernelSize());
    assertThat(found.symbolMatch()).isEqualTo(SymbolMatch.PDB_ID);
    assertThat(found.pdb().guid()).isEqualTo(truth.kernel().pdbGuid());
    assertThat(found.version().build()).isEqualTo(truth.kernel().build());
    assertThat(found.problem()).isEmpty();
  }
}
