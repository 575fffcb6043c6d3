package io.memlake.jobs.task;

import io.memlake.engine.artifacts.ArtifactRegistry;
import io.memlake.engine.artifacts.Candidates;
import io.memlake.engine.artifacts.Collected;
import io.memlake.engine.artifacts.MachineView;
import io.memlake.engine.artifacts.PerProcessArtifact;
import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.process.Eprocess;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.jobs.lake.DataFile;
import io.memlake.jobs.lake.LakeWriteException;
import io.memlake.schemas.row.AddressSpaceRow;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Walks the page tables of some processes and collects the artifacts in their memory. */
public final class ProcessTask {
  private ProcessTask() {}

  /**
   * Processes of one task.
   *
   * @param number place among the batches of the host
   * @param processes kernel addresses
   */
  public record Batch(int number, ArrayList<Long> processes) implements Serializable {}

  /** Cuts processes into at most {@code count} batches, in order. */
  public static List<Batch> batches(List<Long> processes, int count) {
    List<Batch> batches = new ArrayList<>();
    int size = Math.max(1, (processes.size() + count - 1) / count);
    for (int from = 0; from < processes.size(); from += size) {
      int to = Math.min(processes.size(), from + size);
      batches.add(new Batch(batches.size(), new ArrayList<>(processes.subList(from, to))));
    }
    return batches;
  }

  /** Works on one batch. */
  public static Walked run(HostContext host, Batch batch, Set<String> tables) throws IOException {
    try (Machine machine = host.openMachine();
        StagedRows rows = new StagedRows(host, String.format("processes-%05d", batch.number()))) {
      MachineView view = MachineView.of(machine, Candidates.NOT_SCANNED);
      SpaceWalk walk = new SpaceWalk(machine, host.pagedOut());
      Collected collected = Collected.NOTHING;
      for (long address : batch.processes()) {
        Optional<Eprocess> process = view.process(address);
        if (process.isPresent()) {
          space(walk, process.get(), rows);
          collected = collected.plus(collect(view, process.get(), tables, rows));
        }
      }
      return new Walked(
          batch.processes().size(),
          walk.builder().build(),
          walk.totals(),
          collected,
          rows.finish());
    }
  }

  /** One process that fails must not take the others with it. */
  private static Collected collect(
      MachineView view, Eprocess process, Set<String> tables, StagedRows rows) throws IOException {
    Collected collected = Collected.NOTHING;
    for (PerProcessArtifact<?> artifact : ArtifactRegistry.perProcessArtifacts()) {
      boolean applies =
          (!process.ended() || artifact.ofEndedProcesses())
              && (!view.isNarrow() || artifact.readsNarrow());
      if (!tables.contains(artifact.table()) || !applies) {
        continue;
      }
      try {
        collected = collected.plus(artifact.collect(view, process, rows::add, rows::add));
      } catch (LakeWriteException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        ErrorRow row = ErrorRowOf.failure("walk", "process", artifact.table(), e);
        row.setPid((int) process.uniqueProcessId());
        rows.add(row);
      }
    }
    return collected;
  }

  /**
   * The tables of System are the kernel's and were walked for it; a process that ended has none.
   */
  private static void space(SpaceWalk walk, Eprocess process, StagedRows rows) throws IOException {
    int pid = (int) process.uniqueProcessId();
    if (process.ended() || walk.isKernel(process.directoryTableBase())) {
      return;
    }
    try {
      AddressSpaceRow row = walk.process(pid, process.directoryTableBase());
      row.setProcess(process.imageFileName());
      row.setEprocess(process.virtualAddress());
      rows.add(row);
      OptionalLong shadow = process.userDirectoryTableBase();
      if (shadow.isPresent() && SpaceWalk.isSecondTable(shadow.getAsLong())) {
        AddressSpaceRow second = walk.shadow(pid, shadow.getAsLong());
        second.setProcess(process.imageFileName());
        second.setEprocess(process.virtualAddress());
        rows.add(second);
      }
    } catch (LakeWriteException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      ErrorRow row = ErrorRowOf.failure("page_tables", "address space", "address_spaces", e);
      row.setPid(pid);
      rows.add(row);
    }
  }

  /**
   * What the walk over some processes gave.
   *
   * @param processes how many were looked at
   * @param map which frames they map
   * @param totals what the page tables counted
   * @param collected what the artifacts counted
   * @param files staged files by table
   */
  public record Walked(
      int processes,
      ReverseMap map,
      PageTableTotals totals,
      Collected collected,
      Map<String, DataFile> files)
      implements Serializable {}
}
