package io.memlake.testdata.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.testdata.layout.KernelLayout;
import io.memlake.testdata.truth.HostTruth;
import io.memlake.testdata.truth.ModuleTruth;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.ThreadTruth;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the frames say when only the processor's rules and public structures are known. */
class MachineMemoryTest {

  private static final Map<Integer, SyntheticMachine> MACHINES = new HashMap<>();

  static List<Integer> builds() {
    return KernelLayout.bundledBuilds();
  }

  private static SyntheticMachine machine(int build) {
    return MACHINES.computeIfAbsent(build, ReferenceMachine::of);
  }

  private static RawWalk kernel(SyntheticMachine machine) {
    return new RawWalk(machine, machine.truth().host().dtb());
  }

  @ParameterizedTest
  @MethodSource("builds")
  void everyTopTablePointsToItselfAtTheSelfMapIndex(int build) {
    SyntheticMachine machine = machine(build);
    int index = machine.truth().host().selfMapIndex();

    assertThat(index).isBetween(0x100, 0x1FE);
    assertThat(machine.truth().listed())
        .allSatisfy(
            process ->
                assertThat(kernel(machine).number(process.dtb() + index * 8L) & 0xFFFFFFFFF000L)
                    .isEqualTo(process.dtb()));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void sharedUserDataTellsTheVersion(int build) {
    RawWalk kernel = kernel(machine(build));
    HostTruth host = machine(build).truth().host();

    assertThat((int) kernel.readLong(0xFFFFF7800000026CL)).isEqualTo(host.kernel().major());
    assertThat((int) kernel.readLong(0xFFFFF78000000270L)).isEqualTo(host.kernel().minor());
    assertThat(kernel.readLong(0xFFFFF78000000014L)).isEqualTo(host.systemTime());
  }

  @ParameterizedTest
  @MethodSource("builds")
  void theKernelImageNamesItsPdb(int build) {
    HostTruth host = machine(build).truth().host();
    RawWalk kernel = kernel(machine(build));
    ByteBuffer headers =
        ByteBuffer.wrap(kernel.read(host.kernelBase(), 0x1000)).order(ByteOrder.LITTLE_ENDIAN);
    int optional = headers.getInt(0x3C) + 24;
    int debugDirectory = headers.getInt(optional + 112 + 6 * 8);
    ByteBuffer debug =
        ByteBuffer.wrap(kernel.read(host.kernelBase() + debugDirectory, 28))
            .order(ByteOrder.LITTLE_ENDIAN);
    byte[] record = kernel.read(host.kernelBase() + debug.getInt(20), debug.getInt(16));

    assertThat(headers.getShort(0)).isEqualTo((short) 0x5A4D);
    assertThat(headers.getInt(optional + 56)).isEqualTo((int) host.kernelSize());
    assertThat(new String(record, StandardCharsets.ISO_8859_1))
        .startsWith("RSDS")
        .endsWith("ntkrnlmp.pdb\0");
    assertThat(record).contains(host.kernel().guidBytes());
  }

  @ParameterizedTest
  @MethodSource("builds")
  void theDebuggerDataBlockDecodesWithTheKernelsOwnKeys(int build) {
    HostTruth host = machine(build).truth().host();
    KernelLayout layout = machine(build).layout();
    RawWalk kernel = kernel(machine(build));
    long never = kernel.readLong(host.kernelBase() + layout.symbol("KiWaitNever"));
    long always = kernel.readLong(host.kernelBase() + layout.symbol("KiWaitAlways"));
    long flag = host.kernelBase() + layout.symbol("KdpDataBlockEncoded");
    boolean encoded = kernel.read(flag, 1)[0] != 0;
    long[] block = new long[10];
    for (int i = 0; i < block.length; i++) {
      long stored = kernel.readLong(host.debuggerDataBlock() + i * 8L);
      block[i] =
          encoded
              ? Long.reverseBytes(Long.rotateLeft(stored ^ never, (int) never) ^ flag) ^ always
              : stored;
    }

    assertThat(encoded).isEqualTo(build >= 9200);
    assertThat((int) block[2]).isEqualTo(0x4742444B);
    assertThat(block[3]).isEqualTo(host.kernelBase());
    assertThat(block[9]).isEqualTo(host.loadedModuleList());
  }

  @Test
  void theDebuggerDataBlockCanBeLeftReadable() {
    SyntheticMachine machine =
        SyntheticMachine.windows(19041).standardProcesses().plainDebuggerData().build();

    assertThat(kernel(machine).readLong(machine.truth().host().debuggerDataBlock() + 0x18))
        .isEqualTo(machine.truth().host().kernelBase());
  }

  @ParameterizedTest
  @MethodSource("builds")
  void objectsLieWhereTheTruthSays(int build) {
    SyntheticMachine machine = machine(build);
    RawWalk kernel = kernel(machine);

    for (ProcessTruth process : machine.truth().processes()) {
      assertThat(kernel.physical(process.eprocess())).isEqualTo(process.physicalEprocess());
      for (ThreadTruth thread : process.threads()) {
        assertThat(kernel.physical(thread.ethread())).isEqualTo(thread.physicalEthread());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("builds")
  void theListOfActiveProcessesClosesInBothDirections(int build) {
    SyntheticMachine machine = machine(build);
    int links = machine.layout().struct("_EPROCESS").offset("ActiveProcessLinks");
    List<Long> expected = machine.truth().listed().stream().map(ProcessTruth::eprocess).toList();
    List<Long> backward = new ArrayList<>(walk(machine, links, 8));
    java.util.Collections.reverse(backward);

    assertThat(walk(machine, links, 0)).isEqualTo(expected);
    assertThat(backward).isEqualTo(expected);
  }

  private static List<Long> walk(SyntheticMachine machine, int links, int direction) {
    RawWalk kernel = kernel(machine);
    long head = machine.truth().host().activeProcessHead();
    List<Long> found = new ArrayList<>();
    for (long at = kernel.readLong(head + direction);
        at != head && found.size() < 1000;
        at = kernel.readLong(at + direction)) {
      found.add(at - links);
    }
    return found;
  }

  @ParameterizedTest
  @MethodSource("builds")
  void unlinkedProcessesStillPointToTheirOldNeighbours(int build) {
    SyntheticMachine machine = machine(build);
    ProcessTruth hidden = machine.truth().process("svch0st.exe");
    int links = machine.layout().struct("_EPROCESS").offset("ActiveProcessLinks");
    long next = kernel(machine).readLong(hidden.eprocess() + links) - links;

    assertThat(machine.truth().listed())
        .extracting(ProcessTruth::eprocess)
        .contains(next)
        .doesNotContain(hidden.eprocess());
  }

  @ParameterizedTest
  @MethodSource("builds")
  void aThirtyTwoBitProcessHasListsOfFourBytePointers(int build) {
    SyntheticMachine machine = machine(build);
    ProcessTruth process = machine.truth().process("OneDrive.exe");
    RawWalk user = new RawWalk(machine, process.dtb());
    long loader = user.readLong(process.peb32() + 0x0C) & 0xFFFFFFFFL;
    long head = loader + 0x0C;
    List<Long> bases = new ArrayList<>();
    for (long at = user.readLong(head) & 0xFFFFFFFFL;
        at != head && bases.size() < 100;
        at = user.readLong(at) & 0xFFFFFFFFL) {
      bases.add(user.readLong(at + 0x18) & 0xFFFFFFFFL);
    }

    assertThat(process.peb32()).isPositive().isLessThan(1L << 32);
    assertThat(bases)
        .isEqualTo(process.modules32().stream().map(ModuleTruth::base).toList())
        .hasSize(6);
  }

  @ParameterizedTest
  @MethodSource("builds")
  void imagesAreTheSameFramesInAllProcesses(int build) {
    SyntheticMachine machine = machine(build);
    ProcessTruth first = machine.truth().process("lsass.exe");
    ProcessTruth second = machine.truth().process("explorer.exe");
    long ntdll = first.modules().get(1).base();

    assertThat(first.modules().get(1).name()).isEqualTo("ntdll.dll");
    assertThat(new RawWalk(machine, first.dtb()).physical(ntdll))
        .isPositive()
        .isEqualTo(new RawWalk(machine, second.dtb()).physical(ntdll));
  }

  @ParameterizedTest
  @MethodSource("builds")
  void whatHasEndedHasNoUserMemory(int build) {
    SyntheticMachine machine = machine(build);
    ProcessTruth ended = machine.truth().process("notepad.exe");
    ProcessTruth freed = machine.truth().process("cmd.exe");

    assertThat(ended.threads()).isEmpty();
    assertThat(ended.exitTime()).isGreaterThan(ended.createTime());
    assertThat(new RawWalk(machine, ended.dtb()).physical(ended.peb())).isEqualTo(-1);
    assertThat(machine.isZero(freed.dtb() >>> 12)).isTrue();
  }

  @Test
  void aStraddlingProcessLiesInFramesThatAreNotAdjacent() {
    ProcessTruth process = machine(19041).truth().process("RuntimeBroker.exe");
    RawWalk kernel = kernel(machine(19041));
    long nextPage = (process.eprocess() | 0xFFF) + 1;

    assertThat(process.straddles()).isTrue();
    assertThat(kernel.physical(nextPage - 1) + 1).isNotEqualTo(kernel.physical(nextPage));
  }

  @Test
  void theStartBlockNamesThePageTableRoot() {
    SyntheticMachine with = SyntheticMachine.windows(22000).standardProcesses().build();
    SyntheticMachine without =
        SyntheticMachine.windows(22000).standardProcesses().withoutStartBlock().build();
    ByteBuffer block = ByteBuffer.wrap(with.frame(0x13)).order(ByteOrder.LITTLE_ENDIAN);

    assertThat(block.getLong(0) & 0xFFFFFFFFFFFF00FFL).isEqualTo(0x00000001000600E9L);
    assertThat(block.getLong(0xA0)).isEqualTo(with.truth().host().dtb());
    assertThat(without.isZero(0x13)).isTrue();
  }
}
