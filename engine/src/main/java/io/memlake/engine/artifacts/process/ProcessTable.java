package io.memlake.engine.artifacts.process;

import io.memlake.engine.artifacts.Candidates;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.pool.ObjectScan;
import io.memlake.engine.objects.pool.PoolObject;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.EprocessLayout;
import io.memlake.engine.objects.process.ProcessList;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All processes of a machine, each once, whoever saw it. The identity of a process is the physical
 * place of its EPROCESS: ids are used again, and a freed object may have lost its address.
 *
 * @param processes by process id, then time of creation, then place
 * @param leftCopies of processes that nothing else shows: what they point to has other contents
 *     now, so that nobody follows it
 * @param list the walk of the kernel's list, for its damage
 * @param scanned whether a scan was made
 */
public record ProcessTable(
    List<SeenProcess> processes, List<SeenProcess> leftCopies, ProcessList list, boolean scanned) {
  private static final Comparator<SeenProcess> ORDER =
      Comparator.comparingLong((SeenProcess seen) -> seen.process().uniqueProcessId())
          .thenComparingLong(seen -> seen.process().createTime())
          .thenComparingLong(seen -> seen.process().physicalAddress())
          .thenComparingLong(seen -> seen.process().virtualAddress())
          .thenComparingLong(seen -> seen.scanned().map(PoolObject::place).orElse(0L));

  /** Copies the lists. */
  public ProcessTable {
    processes = List.copyOf(processes);
    leftCopies = List.copyOf(leftCopies);
  }

  /** Walks the list and resolves the candidates. */
  public static ProcessTable of(Machine machine, EprocessLayout layout, Candidates candidates)
      throws IOException {
    ProcessList list = ProcessList.walk(machine, layout);
    Map<Long, SeenProcess> seen = new LinkedHashMap<>();
    for (Eprocess process : list.processes()) {
      seen.put(place(process), new SeenProcess(process, true, Optional.empty()));
    }
    List<SeenProcess> leftCopies = new ArrayList<>();
    if (candidates.scanned()) {
      for (ObjectScan.ScannedProcess found :
          ObjectScan.processes(machine, layout, candidates.pages(), candidates.hits())) {
        SeenProcess process = new SeenProcess(found.process(), false, Optional.of(found.object()));
        if (process.isLeftCopy()) {
          leftCopies.add(process);
          continue;
        }
        seen.merge(
            found.object().identity(),
            process,
            (listed, scanned) -> new SeenProcess(listed.process(), true, scanned.scanned()));
      }
    }
    return new ProcessTable(
        sorted(seen.values()),
        sorted(unseen(leftCopies, seen.values())),
        list,
        candidates.scanned());
  }

  private static List<SeenProcess> sorted(Collection<SeenProcess> processes) {
    return processes.stream().sorted(ORDER).toList();
  }

  /** All rows that the table gives, in its order. */
  public List<SeenProcess> rows() {
    return sorted(Stream.concat(processes.stream(), leftCopies.stream()).toList());
  }

  /**
   * Copies outside RAM that nothing maps count where nothing else shows their process: Windows
   * leaves pages behind in page files that it has read back long ago.
   */
  private static List<SeenProcess> unseen(List<SeenProcess> copies, Collection<SeenProcess> seen) {
    Set<Life> known = new HashSet<>();
    seen.forEach(process -> known.add(Life.of(process.process())));
    return copies.stream().filter(copy -> known.add(Life.of(copy.process()))).toList();
  }

  /** What no two processes of one boot share: an id, and when it was given. */
  private record Life(long pid, long created) {
    static Life of(Eprocess process) {
      return new Life(process.uniqueProcessId(), process.createTime());
    }
  }

  /** Physical addresses are positive, so a virtual one in their place is no other's. */
  private static long place(Eprocess process) {
    return process.physicalAddress() == AddressSpace.ABSENT
        ? process.virtualAddress()
        : process.physicalAddress();
  }

  /**
   * Kernel addresses of the processes that are mapped, those that have ended among them. Small and
   * serializable, for distribution.
   */
  public List<Long> units() {
    return processes.stream()
        .filter(seen -> seen.process().virtualAddress() != 0)
        .map(seen -> seen.process().virtualAddress())
        .toList();
  }
}
