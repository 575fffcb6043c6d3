package io.memlake.engine.artifacts.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.artifacts.Analysis;
import io.memlake.engine.kernel.SampleMachines;
import io.memlake.schemas.row.ThreadFrameRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Stacks of a real running NT-like kernel, whose images hold real unwind data. */
class ReactosStacksTest {
  private static List<ThreadFrameRow> frames;

  @BeforeAll
  static void analyze() throws IOException {
    frames =
        Analysis.of(SampleMachines.reactos(), SampleMachines.reactosSymbols())
            .rows(ThreadFrameRow.class);
  }

  private static List<ThreadFrameRow> kernel() {
    return frames.stream().filter(row -> row.getMode().equals("kernel")).toList();
  }

  /** Every thread waits, and its kernel stack leads back without a gap to where it began. */
  @Test
  void kernelStacksLeadBackToTheirFirstCall() {
    Map<Long, List<ThreadFrameRow>> stacks =
        kernel().stream().collect(Collectors.groupingBy(ThreadFrameRow::getEthread));
    assertThat(stacks).hasSizeGreaterThan(30);
    for (List<ThreadFrameRow> stack : stacks.values()) {
      ThreadFrameRow first = stack.get(0);
      ThreadFrameRow last = stack.get(stack.size() - 1);
      assertThat(first.getSymbol()).isEqualTo("KiSwapContext");
      assertThat(stack.subList(1, stack.size()))
          .extracting(ThreadFrameRow::getMethod)
          .containsOnly("unwind");
      assertThat(stack).extracting(ThreadFrameRow::getBacking).containsOnly("kernel");
      assertThat(stack).extracting(ThreadFrameRow::getSp).isSorted();
      assertThat(last.getStackEnd())
          .isEqualTo(last.getProcess().equals("System") ? "bottom" : "user_mode");
    }
  }

  @Test
  void callsHaveTheNamesOfTheKernel() {
    assertThat(kernel())
        .extracting(ThreadFrameRow::getSymbol)
        .contains("KiSwapThread", "KeWaitForSingleObject", "MmZeroPageThread", "KiThreadStartup");
    assertThat(kernel())
        .filteredOn(row -> "PspSystemThreadStartup".equals(row.getSymbol()))
        .allSatisfy(row -> assertThat(row.getSymbolOffset()).isBetween(1L, 0x100L))
        .isNotEmpty();
    assertThat(kernel())
        .extracting(ThreadFrameRow::getModule)
        .contains("ntoskrnl.exe", "win32k.sys");
  }

  /** The system call that the kernel stack shows is the one that the user stack made. */
  @Test
  void userStacksBeginInSystemCalls() {
    List<ThreadFrameRow> first =
        frames.stream()
            .filter(row -> row.getMode().equals("user") && row.getFrame() == 0)
            .filter(row -> "ntdll.dll".equals(row.getModule()) && row.getSymbol() != null)
            .collect(Collectors.toCollection(ArrayList::new));
    Set<Long> waiting =
        kernel().stream().map(ThreadFrameRow::getEthread).collect(Collectors.toSet());
    first.removeIf(row -> !waiting.contains(row.getEthread()));
    assertThat(first).hasSizeGreaterThan(5);
    for (ThreadFrameRow user : first) {
      assertThat(user.getSymbolOffset()).isEqualTo(10);
      assertThat(kernel())
          .filteredOn(row -> row.getEthread() == user.getEthread())
          .extracting(ThreadFrameRow::getSymbol)
          .contains(user.getSymbol());
    }
  }
}
