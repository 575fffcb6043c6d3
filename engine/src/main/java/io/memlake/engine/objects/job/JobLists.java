package io.memlake.engine.objects.job;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.list.ListMember;
import io.memlake.engine.objects.list.ListWalk;
import io.memlake.engine.objects.process.ProcessList;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The lists that jobs are in, and those that they keep. */
public final class JobLists {
  /** More jobs than any machine has had; bounds a list that was made to be endless. */
  static final int MAXIMUM_JOBS = 1 << 16;

  private JobLists() {}

  /**
   * A list and the objects in it.
   *
   * @param walk the walk, for its damage
   * @param objects virtual addresses of the objects, in list order
   */
  public record Listed(ListWalk walk, Set<Long> objects) {}

  /** The kernel's list of jobs; empty when its head is unknown, or holds no address at all. */
  public static Optional<Listed> jobs(Machine machine, EjobLayout layout) throws IOException {
    OptionalLong head = machine.kernelMemory().addressOf("PspJobList");
    OptionalLong first = machine.kernelMemory().pointer("PspJobList");
    boolean begun = head.isPresent() && first.isPresent() && first.getAsLong() != 0;
    return !begun
        ? Optional.empty()
        : Optional.of(walk(machine, head.getAsLong(), layout.jobLinks(), MAXIMUM_JOBS));
  }

  /** The list of processes of a job that is mapped. */
  public static Listed processes(Machine machine, EjobLayout layout, Ejob job) throws IOException {
    return walk(
        machine,
        job.virtualAddress() + layout.processListHead(),
        layout.processLinks(),
        ProcessList.MAXIMUM_PROCESSES);
  }

  private static Listed walk(Machine machine, long head, int links, int limit) throws IOException {
    int width = machine.kernelSpace().pointerSize();
    ListWalk walk = ListWalk.of(machine.kernelSpace(), head, width, limit);
    Set<Long> objects = new LinkedHashSet<>();
    for (ListMember member : walk.members()) {
      objects.add(member.links() - links);
    }
    return new Listed(walk, objects);
  }
}
