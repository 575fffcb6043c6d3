package io.memlake.engine.objects.process;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.list.ListBreak;
import io.memlake.engine.objects.list.ListMember;
import io.memlake.engine.objects.list.ListWalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's list of processes, walked from {@code PsActiveProcessHead} in both directions.
 *
 * @param processes sound entries, in list order
 * @param breaks where the list is damaged
 * @param rejected entries that are no process, with the reason
 */
public record ProcessList(
    List<Eprocess> processes, List<ListBreak> breaks, List<Rejected> rejected) {

  /** More processes than any system has had; bounds a list that was made to be endless. */
  public static final int MAXIMUM_PROCESSES = 65536;

  /** Copies the lists. */
  public ProcessList {
    processes = List.copyOf(processes);
    breaks = List.copyOf(breaks);
    rejected = List.copyOf(rejected);
  }

  /**
   * An entry of the list that does not look like a process.
   *
   * @param eprocess virtual address where the process would be
   * @param reason what is wrong with it
   */
  public record Rejected(long eprocess, String reason) {
    @Override
    public String toString() {
      return "entry " + Hex.address(eprocess) + " is no process: " + reason;
    }
  }

  /**
   * Walks the list of {@code machine}; an unknown head gives an empty list.
   *
   * @throws IOException when the medium fails
   */
  public static ProcessList walk(Machine machine, EprocessLayout layout) throws IOException {
    long head = machine.description().activeProcessHead();
    if (head == 0) {
      return new ProcessList(List.of(), List.of(), List.of());
    }
    int width = machine.kernelSpace().pointerSize();
    ListWalk walk = ListWalk.of(machine.kernelSpace(), head, width, MAXIMUM_PROCESSES);
    List<Eprocess> processes = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    for (ListMember member : walk.members()) {
      long at = member.links() - layout.activeProcessLinks();
      Optional<Eprocess> process = Eprocess.read(machine, layout, at);
      String wrong =
          process
              .map(found -> ProcessRules.violation(found).orElse(""))
              .orElse("its memory is not in the image");
      if (wrong.isEmpty()) {
        processes.add(process.orElseThrow());
      } else {
        rejected.add(new Rejected(at, wrong));
      }
    }
    return new ProcessList(processes, walk.breaks(), rejected);
  }
}
