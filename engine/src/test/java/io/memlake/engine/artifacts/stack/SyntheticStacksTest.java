package io.memlake.engine.artifacts.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.artifacts.Analysis;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.engine.kernel.SyntheticImage;
import io.memlake.schemas.row.ThreadFrameRow;
import io.memlake.testdata.machine.SyntheticMachine;
import io.memlake.testdata.truth.FrameTruth;
import io.memlake.testdata.truth.ProcessTruth;
import io.memlake.testdata.truth.ThreadTruth;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stacks that were made by running prologues forward, and must come back by unwinding them. */
class SyntheticStacksTest {
  private static final long SEED = 5;

  private static SyntheticMachine machine(int build) {
    return SyntheticMachine.windows(build)
        .seed(SEED)
        .standardProcesses()
        .process("stacks.exe", process -> process.parent("explorer.exe").session(1).callStacks())
        .build();
  }

  private static ProcessTruth process(SyntheticMachine machine) {
    return machine.truth().processes().stream()
        .filter(process -> process.name().equals("stacks.exe"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 9600, 14393, 17763, 18362, 19041, 20348, 22000})
  void everyCallComesBack(int build) throws IOException {
    SyntheticMachine machine = machine(build);
    List<ThreadFrameRow> rows =
        Analysis.of(new SyntheticImage(machine), SampleMachines.embeddedSymbols())
            .rows(ThreadFrameRow.class);
    ProcessTruth truth = process(machine);
    assertThat(truth.threads()).hasSize(4);
    for (ThreadTruth thread : truth.threads()) {
      List<ThreadFrameRow> frames =
          rows.stream()
              .filter(row -> row.getTid() == thread.tid() && row.getMode().equals("user"))
              .toList();
      assertThat(frames)
          .as("thread " + truth.threads().indexOf(thread))
          .extracting(
              row ->
                  new FrameTruth(
                      row.getSymbol() == null ? "" : row.getSymbol(), row.getIp(), row.getSp()))
          .containsExactlyElementsOf(thread.userFrames());
      assertThat(frames.get(frames.size() - 1).getStackEnd()).isEqualTo("bottom");
      assertThat(frames)
          .filteredOn(row -> row.getSymbol() != null)
          .allSatisfy(
              row -> {
                assertThat(row.getModule()).isEqualTo("stacks.dll");
                assertThat(row.getBacking()).isEqualTo("image");
                assertThat(row.getModuleOffset()).isEqualTo(row.getIp() - row.getModuleBase());
              });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7601, 22000})
  void howACallWasFoundSaysHowSureItIs(int build) throws IOException {
    SyntheticMachine machine = machine(build);
    List<ThreadFrameRow> rows =
        Analysis.of(new SyntheticImage(machine), SampleMachines.embeddedSymbols())
            .rows(ThreadFrameRow.class);
    ThreadTruth foreign = process(machine).threads().get(3);
    List<ThreadFrameRow> frames =
        rows.stream()
            .filter(row -> row.getTid() == foreign.tid() && row.getMode().equals("user"))
            .toList();
    assertThat(frames)
        .extracting(ThreadFrameRow::getMethod)
        .containsExactly("context", "leaf", "unwind", "scan", "unwind", "unwind");
    ThreadFrameRow injected = frames.get(2);
    assertThat(injected.getBacking()).isEqualTo("private");
    assertThat(injected.getBacked()).isFalse();
    assertThat(injected.getModule()).isNull();
    assertThat(injected.getReturnSlot()).isEqualTo(injected.getSp() - 8);
  }
}
