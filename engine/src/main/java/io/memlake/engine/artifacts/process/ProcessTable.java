package io.memlake.engine.artifacts.process;

import io.memlake.engine.artifacts.Candidates;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.pool.ObjectScan;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.objects.process.EprocessLayout;
import io.memlake.engine.objects.process.ProcessList;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All processes of a machine, each once, whoever saw it. The identity of a process is the physical
 * place of its EPROCESS: ids are used again, and a freed object may have lost its address.
 *
 * @param processes by process id, then time of creation, then place
 * @param list the walk of the kernel's list, for its damage
 * @param scanned whether a scan was made
 */
public record ProcessTable(List<SeenProcess> processes, ProcessList list, boolean scanned) {
  private static final Comparator<SeenProcess> ORDER =
      Comparator.comparingLong((SeenProcess seen) -> seen.process().uniqueProcessId())
          .thenComparingLong(seen -> seen.process().createTime())
          .thenComparingLong(seen -> seen.process().physicalAddress())
          .thenComparingLong(seen -> seen.process().virtualAddress());

  /** Copies the list. */
  public ProcessTable {
    processes = List.copyOf(processes);
  }

  /** Walks the list and resolves the candidates. */
  public static ProcessTable of(Machine machine, EprocessLayout layout, Candidates candidates)
      throws IOException {
    ProcessList list = ProcessList.walk(machine, layout);
    Map<Long, SeenProcess> seen = new LinkedHashMap<>();
    for (Eprocess process : list.processes()) {
      seen.put(place(process), new SeenProcess(process, true, Optional.empty()));
    }
    if (candidates.scanned()) {
      for (ObjectScan.ScannedProcess found :
          ObjectScan.processes(machine, layout, candidates.addresses(), candidates.hits())) {
        seen.merge(
            place(found.process()),
            new SeenProcess(found.process(), false, Optional.of(found.object())),
            (listed, scanned) -> new SeenProcess(listed.process(), true, scanned.scanned()));
      }
    }
    List<SeenProcess> sorted = new ArrayList<>(seen.values());
    sorted.sort(ORDER);
    return new ProcessTable(sorted, list, candidates.scanned());
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
