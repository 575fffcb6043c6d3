package io.memlake.engine.artifacts.process;

import io.memlake.engine.objects.process.Eprocess;
import io.memlake.schemas.row.ProcessRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds who started a process. Ids are used again, so the one with the id counts only when it was
 * there at that time.
 */
final class ProcessParents {
  private final Map<Long, List<Eprocess>> byId = new HashMap<>();

  ProcessParents(ProcessTable table) {
    for (SeenProcess seen : table.processes()) {
      byId.computeIfAbsent(seen.process().uniqueProcessId(), id -> new ArrayList<>())
          .add(seen.process());
    }
  }

  void into(ProcessRow row, Eprocess process) {
    long id = process.inheritedFromUniqueProcessId();
    List<Eprocess> candidates = byId.getOrDefault(id, List.of());
    if (id == 0 || candidates.isEmpty()) {
      return;
    }
    Optional<Eprocess> parent =
        candidates.stream()
            .filter(candidate -> candidate != process)
            .filter(candidate -> candidate.createTime() <= process.createTime())
            .filter(
                candidate ->
                    candidate.exitTime() == 0 || candidate.exitTime() >= process.createTime())
            .reduce((one, other) -> one.createTime() >= other.createTime() ? one : other);
    row.setPpidReused(
        candidates.stream().anyMatch(candidate -> candidate.createTime() > process.createTime()));
    if (parent.isPresent()) {
      row.setParentName(parent.get().imageFileName());
      row.setParentEprocess(
          parent.get().virtualAddress() == 0 ? null : parent.get().virtualAddress());
      row.setParentAlive(parent.get().exitTime() == 0);
    }
  }
}
