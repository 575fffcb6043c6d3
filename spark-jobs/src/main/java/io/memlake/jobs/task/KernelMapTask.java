package io.memlake.jobs.task;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.paging.ReverseMap;
import io.memlake.jobs.lake.DataFile;
import io.memlake.schemas.row.AddressSpaceRow;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;

/** Walks the page tables that all processes share: what candidates of the scan are placed by. */
public final class KernelMapTask {
  /** The System process, whose tables are the kernel's. */
  private static final int SYSTEM_PID = 4;

  private KernelMapTask() {}

  /** Walks the kernel's tables of {@code host}. */
  public static KernelMap run(HostContext host) throws IOException {
    try (Machine machine = host.openMachine();
        StagedRows rows = new StagedRows(host, "kernel")) {
      SpaceWalk walk = new SpaceWalk(machine, host.pagedOut());
      AddressSpaceRow row = walk.kernel(SYSTEM_PID);
      rows.add(row);
      return new KernelMap(walk.builder().build(), walk.totals(), rows.finish());
    }
  }

  /**
   * The kernel's half of memory.
   *
   * @param map where its frames are mapped
   * @param totals what the walk counted
   * @param files staged files by table
   */
  public record KernelMap(ReverseMap map, PageTableTotals totals, Map<String, DataFile> files)
      implements Serializable {}
}
