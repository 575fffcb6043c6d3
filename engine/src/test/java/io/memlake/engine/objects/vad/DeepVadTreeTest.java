package io.memlake.engine.objects.vad;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.LocalEvidence;
import io.memlake.engine.kernel.DiscoverySettings;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.kernel.MachineDescription;
import io.memlake.engine.kernel.MachineDiscovery;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.symbols.store.SymbolStore;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.truth.ProcessTruth;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A tree that hangs down on one side, a million descriptors deep. */
class DeepVadTreeTest {
  private static final int DEPTH = 1_000_000;
  private static final long FIRST = 0xFFFF_A000_0000_0000L;
  private static final int STRIDE = 0x100;
  private static final int RIGHT = 8;

  @Test
  void aTreeOfOneMillionDescriptorsInOneChainEndsAtTheLimit() throws IOException {
    SyntheticMachine machine = SyntheticMachine.windows(19041).seed(3).standardProcesses().build();
    ProcessTruth process = machine.truth().process("explorer.exe");
    VadTree tree;
    SymbolStore store = SampleMachines.embeddedSymbols();
    LocalEvidence evidence = new LocalEvidence();
    MachineDescription description =
        MachineDiscovery.discover(
            new SyntheticImage(machine), evidence, store, DiscoverySettings.DEFAULT);
    try (Machine opened = Machine.open(description, evidence, store)) {
      AddressSpace kernel = opened.kernelSpace();
      VadReader reader = VadReader.of(opened.symbols());
      VadNode any = reader.tree(kernel, process.eprocess()).nodes().get(0);
      byte[] node = kernel.map(any.address(), STRIDE).orElseThrow();
      long root = process.eprocess() + VadLayout.resolve(opened.symbols()).root().offset();
      AddressSpace deep = new PatchedSpace(new ChainSpace(kernel, node)).word(root, FIRST);
      tree = reader.tree(deep, process.eprocess());
    }

    assertThat(tree.nodes()).hasSize(VadTree.MAXIMUM_NODES);
    assertThat(tree.isComplete()).isFalse();
    assertThat(tree.gaps())
        .singleElement()
        .satisfies(gap -> assertThat(gap.reason()).isEqualTo(VadGap.Reason.LIMIT));
  }

  /** Descriptors that are made when they are asked for, each with the next one on its right. */
  private static final class ChainSpace implements AddressSpace {
    private final AddressSpace kernel;
    private final byte[] node;

    ChainSpace(AddressSpace kernel, byte[] node) {
      this.kernel = kernel;
      this.node = node;
    }

    @Override
    public long dtb() {
      return kernel.dtb();
    }

    @Override
    public int pointerSize() {
      return kernel.pointerSize();
    }

    @Override
    public long translate(long virtualAddress) {
      return ABSENT;
    }

    @Override
    public boolean read(long virtualAddress, byte[] target, int offset, int length)
        throws IOException {
      long behind = virtualAddress - FIRST;
      if (behind < 0 || behind >= (long) DEPTH * STRIDE || behind % STRIDE != 0) {
        return kernel.read(virtualAddress, target, offset, length);
      }
      byte[] made = node.clone();
      LittleEndian.putI64(made, 0, 0);
      boolean last = behind / STRIDE == DEPTH - 1;
      LittleEndian.putI64(made, RIGHT, last ? 0 : virtualAddress + STRIDE);
      System.arraycopy(made, 0, target, offset, length);
      return true;
    }

    @Override
    public int readSparse(
        long virtualAddress, byte[] target, int offset, int length, boolean[] present) {
      throw new UnsupportedOperationException("trees are read whole");
    }
  }
}
