package io.memlake.engine.objects.vad;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.DiscoverySettings;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.MachineDiscovery;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.store.SymbolStore;
import io.memlake.testdata.image.RawWriter;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.VadTruth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptors as the machine wrote them, whole and damaged. */
class VadTreeTest {
  private static final int LEFT = 0;
  private static final int RIGHT = 8;

  @TempDir Path folder;

  private SyntheticMachine synthetic;

  private Machine open(int build) throws IOException {
    synthetic = SyntheticMachine.windows(build).seed(build).standardProcesses().build();
    Path image = folder.resolve("memory.raw");
    RawWriter.writePadded(synthetic, image);
    SymbolStore symbols = SampleMachines.embeddedSymbols();
    MachineDescription description =
        MachineDiscovery.discover(
            ImageFormats.standard().index(image.toString(), new LocalEvidence()),
            new LocalEvidence(),
            symbols,
            DiscoverySettings.DEFAULT);
    return Machine.open(description, new LocalEvidence(), symbols);
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 9600, 14393, 17763, 18362, 20348})
  void everyRangeOfEveryProcessIsAsTheMachineWroteIt(int build) throws IOException {
    try (Machine machine = open(build)) {
      VadReader reader = VadReader.of(machine.symbols());
      SectionReader sections = SectionReader.of(machine.symbols());
      int ranges = 0;
      for (ProcessTruth process : synthetic.truth().processes()) {
        if (!process.presence().isRunning()) {
          continue;
        }
        VadTree tree = reader.tree(machine.kernelSpace(), process.eprocess());
        assertThat(tree.gaps()).as(process.name()).isEmpty();
        assertThat(tree.isComplete()).isTrue();
        assertThat(tree.nodes()).hasSameSizeAs(process.vads());
        for (int i = 0; i < tree.nodes().size(); i++) {
          compare(machine, sections, tree.nodes().get(i), process.vads().get(i));
          ranges++;
        }
      }
      assertThat(ranges).isGreaterThan(100);
    }
  }

  private static void compare(Machine machine, SectionReader sections, VadNode node, VadTruth truth)
      throws IOException {
    assertThat(node.address()).isEqualTo(truth.node());
    assertThat(node.start()).isEqualTo(truth.start());
    assertThat(node.end()).isEqualTo(truth.end());
    assertThat(node.tag()).isEqualTo(truth.tag());
    assertThat(node.protection()).isEqualTo(truth.protection());
    assertThat(node.commitCharge()).isEqualTo(truth.commitCharge());
    assertThat(node.privateMemory()).isEqualTo(truth.privateMemory());
    assertThat(node.hasPrototypes()).isEqualTo(!truth.privateMemory());
    assertThat(node.parent() == 0 || node.parent() == truth.parent()).isTrue();
    String file =
        sections.section(machine.kernelSpace(), node).map(VadSection::fileName).orElse("");
    assertThat(file).isEqualTo(truth.file());
  }

  @Test
  void prototypeEntriesFollowEachOtherToTheEndOfTheView() throws IOException {
    try (Machine machine = open(19041)) {
      SectionReader sections = SectionReader.of(machine.symbols());
      AddressSpace kernel = machine.kernelSpace();
      VadNode view = view(machine);
      long pages = view.size() / 4096;

      assertThat(sections.prototypeAddress(kernel, view, view.start()))
          .isEqualTo(view.firstPrototypePte());
      assertThat(sections.prototypeAddress(kernel, view, view.end()))
          .isEqualTo(view.firstPrototypePte() + (pages - 1) * 8);
      assertThat(sections.prototypeAddress(kernel, view, view.end() + 1)).isZero();
    }
  }

  @Test
  void behindTheContiguousEntriesTheSubsectionsTell() throws IOException {
    try (Machine machine = open(19041)) {
      SectionReader sections = SectionReader.of(machine.symbols());
      VadNode view = view(machine);
      int baseAt = machine.symbols().struct("_SUBSECTION").offsetOf("SubsectionBase");
      int nextAt = machine.symbols().struct("_SUBSECTION").offsetOf("NextSubsection");
      int entriesAt = machine.symbols().struct("_SUBSECTION").offsetOf("PtesInSubsection");
      // The second subsection stands where nothing else of the test is read: in the first array.
      long second = view.firstPrototypePte();
      AddressSpace split =
          new PatchedSpace(machine.kernelSpace())
              .word(view.subsection() + entriesAt, 3)
              .word(view.subsection() + nextAt, second)
              .word(second + baseAt, 0xFFFF_9000_0000_0000L)
              .word(second + entriesAt, 4)
              .word(second + nextAt, 0);
      VadNode shortRun =
          new VadNode(
              view.address(),
              0,
              view.tag(),
              view.start(),
              view.end(),
              view.type(),
              view.protection(),
              false,
              false,
              0,
              view.subsection(),
              view.firstPrototypePte(),
              view.firstPrototypePte() + 2 * 8);

      long third = view.start() + 2 * 4096;
      assertThat(sections.prototypeAddress(split, shortRun, third))
          .isEqualTo(view.firstPrototypePte() + 2 * 8);
      assertThat(sections.prototypeAddress(split, shortRun, third + 4096))
          .isEqualTo(0xFFFF_9000_0000_0000L);
      assertThat(sections.prototypeAddress(split, shortRun, third + 4 * 4096))
          .isEqualTo(0xFFFF_9000_0000_0000L + 3 * 8);
      assertThat(sections.prototypeAddress(split, shortRun, third + 5 * 4096)).isZero();
      assertThat(sections.subsections(split, shortRun)).hasSize(2);
    }
  }

  private VadNode view(Machine machine) throws IOException {
    ProcessTruth process = synthetic.truth().process("explorer.exe");
    return VadReader.of(machine.symbols())
        .tree(machine.kernelSpace(), process.eprocess())
        .nodes()
        .stream()
        .filter(node -> node.type() == VadType.IMAGE_MAP && node.size() > 16 * 4096)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aLoopOrALostNodeCostsWhatLiesBelowIt() throws IOException {
    try (Machine machine = open(19041)) {
      VadReader reader = VadReader.of(machine.symbols());
      ProcessTruth process = synthetic.truth().process("explorer.exe");
      AddressSpace kernel = machine.kernelSpace();
      VadTree whole = reader.tree(kernel, process.eprocess());
      VadNode root = whole.nodes().stream().filter(n -> n.parent() == 0).findFirst().orElseThrow();

      VadTree looped =
          reader.tree(
              new PatchedSpace(kernel).word(root.address() + LEFT, root.address()),
              process.eprocess());
      VadTree astray =
          reader.tree(
              new PatchedSpace(kernel)
                  .word(root.address() + LEFT, 0x1234567)
                  .word(root.address() + RIGHT, 0xFFFF_8123_4567_8000L),
              process.eprocess());

      assertThat(looped.gaps())
          .singleElement()
          .satisfies(gap -> assertThat(gap.reason()).isEqualTo(VadGap.Reason.LOOP));
      assertThat(looped.nodes()).allMatch(node -> node.start() >= root.start());
      assertThat(looped.isComplete()).isFalse();
      assertThat(astray.nodes()).hasSize(1);
      assertThat(astray.gaps())
          .extracting(VadGap::reason)
          .containsExactlyInAnyOrder(VadGap.Reason.BAD_POINTER, VadGap.Reason.UNREADABLE);
      assertThat(astray.gaps().get(0))
          .hasToString(
              "descriptor 0x1234567 below 0x"
                  + Long.toHexString(root.address())
                  + " is no address of a node");
    }
  }

  @Test
  void aProcessWhoseObjectIsAbsentHasOneGap() throws IOException {
    try (Machine machine = open(19041)) {
      ProcessTruth process = synthetic.truth().process("explorer.exe");
      int root = VadLayout.resolve(machine.symbols()).root().offset();
      AddressSpace space =
          new PatchedSpace(machine.kernelSpace()).without(process.eprocess() + root);

      VadTree tree = VadReader.of(machine.symbols()).tree(space, process.eprocess());

      assertThat(tree.nodes()).isEmpty();
      assertThat(tree.gaps()).hasSize(1);
      assertThat(tree.isComplete()).isFalse();
    }
  }

  @Test
  void findsTheRangeOfAnAddress() {
    VadNode low = range(0x10000, 0x1FFFF);
    VadNode high = range(0x7FFE0000L, 0x7FFE0FFFL);
    VadTree tree = new VadTree(List.of(low, high), List.of(), 2);

    assertThat(tree.find(0x10000)).isEqualTo(low);
    assertThat(tree.find(0x1FFFF)).isEqualTo(low);
    assertThat(tree.find(0x20000)).isNull();
    assertThat(tree.find(0xFFFF)).isNull();
    assertThat(tree.find(0x7FFE0800L)).isEqualTo(high);
    assertThat(tree.find(0xFFFF_8000_0000_0000L)).isNull();
  }

  private static VadNode range(long start, long end) {
    return new VadNode(1, 0, "VadS", start, end, VadType.NONE, 4, true, true, 0, 0, 0, 0);
  }

  @Test
  void protectionsHaveTheNamesOfTheWindowsApi() {
    assertThat(VadProtection.name(4)).isEqualTo("PAGE_READWRITE");
    assertThat(VadProtection.name(7)).isEqualTo("PAGE_EXECUTE_WRITECOPY");
    assertThat(VadProtection.name(0x14)).isEqualTo("PAGE_READWRITE|PAGE_GUARD");
    assertThat(VadProtection.name(0x18)).isEqualTo("PAGE_NOACCESS");
    assertThat(VadProtection.isExecutable(6)).isTrue();
    assertThat(VadProtection.isExecutable(4)).isFalse();
  }
}
