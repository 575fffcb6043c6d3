package io.memlake.engine.objects.thread;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.list.ListBreak;
import io.memlake.engine.objects.list.ListMember;
import io.memlake.engine.objects.list.ListWalk;
import io.memlake.engine.objects.process.Eprocess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The threads of one process, walked from its {@code ThreadListHead} in both directions.
 *
 * @param threads sound entries, in list order
 * @param breaks where the list is damaged
 * @param problems entries that could not be read or are none, in words
 */
public record ThreadList(List<Ethread> threads, List<ListBreak> breaks, List<String> problems) {
  /** More threads than a process can have handles for; bounds a list that was made endless. */
  private static final int MAXIMUM_THREADS = 65536;

  /** Copies the lists. */
  public ThreadList {
    threads = List.copyOf(threads);
    breaks = List.copyOf(breaks);
    problems = List.copyOf(problems);
  }

  /** Walks the list of {@code process}; one that is not mapped has none to walk. */
  public static ThreadList walk(Machine machine, Eprocess process, EthreadLayout layout)
      throws IOException {
    OptionalInt offset = process.layout().threadListHead();
    if (process.virtualAddress() == 0 || offset.isEmpty()) {
      return new ThreadList(List.of(), List.of(), List.of());
    }
    long head = process.virtualAddress() + offset.getAsInt();
    int width = machine.kernelSpace().pointerSize();
    ListWalk walk = ListWalk.of(machine.kernelSpace(), head, width, MAXIMUM_THREADS);
    List<Ethread> threads = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (ListMember member : walk.members()) {
      long at = member.links() - layout.threadListEntry();
      Optional<Ethread> thread = Ethread.read(machine, layout, at);
      String wrong =
          thread.map(found -> wrong(found, process)).orElse("its memory is not in the image");
      if (wrong.isEmpty()) {
        threads.add(thread.orElseThrow());
      } else {
        problems.add("thread entry " + Hex.address(at) + " is no thread: " + wrong);
      }
    }
    return new ThreadList(threads, walk.breaks(), problems);
  }

  private static String wrong(Ethread thread, Eprocess process) {
    if (thread.uniqueProcess() != process.uniqueProcessId()) {
      return "it belongs to process " + thread.uniqueProcess();
    }
    return thread.violation().orElse("");
  }
}
