package io.memlake.jobs.task;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.pfn.FrameAgreement;
import io.memlake.engine.objects.pfn.FrameDatabase;
import io.memlake.engine.objects.pfn.FrameUse;
import io.memlake.engine.paging.MappingOwner;
import io.memlake.engine.paging.ReverseMap;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Asks the kernel's frame database beside the page tables, and counts where they differ. */
final class FrameOwners implements Closeable {
  /** Knows nobody. */
  static final FrameOwners NONE = new FrameOwners(null, null, null);

  private final Machine machine;
  private final FrameDatabase database;
  private final ReverseMap owners;
  private final Map<Long, Integer> pids = new HashMap<>();
  private FrameAgreement agreement = FrameAgreement.NONE;

  private FrameOwners(Machine machine, FrameDatabase database, ReverseMap owners) {
    this.machine = machine;
    this.database = database;
    this.owners = owners;
    if (owners != null) {
      for (MappingOwner owner : owners.owners()) {
        pids.putIfAbsent(owner.dtb(), owner.pid());
      }
    }
  }

  /**
   * The database of a host; {@link #NONE} when its machine was not opened or has none.
   *
   * @param owners who maps which frame, or null when the page tables could not be walked
   */
  static FrameOwners open(HostContext host, ReverseMap owners) throws IOException {
    if (owners == null) {
      return NONE;
    }
    Machine machine = host.openMachine();
    Optional<FrameDatabase> database = FrameDatabase.of(machine);
    if (database.isEmpty()) {
      machine.close();
      return NONE;
    }
    return new FrameOwners(machine, database.get(), owners);
  }

  /** Who uses a frame, compared with the page tables on the way. */
  Optional<FrameUse> use(long pfn) throws IOException {
    if (database == null) {
      return Optional.empty();
    }
    Optional<FrameUse> use = database.use(pfn);
    if (use.isPresent()) {
      agreement = agreement.plus(FrameAgreement.of(owners, pfn, use.get()));
    }
    return use;
  }

  /** The process with these tables; null when no process that was met has them. */
  Integer pid(FrameUse use) {
    return pids.get(use.dtb());
  }

  /** What was counted; null when there is no database. */
  FrameAgreement agreement() {
    return database == null ? null : agreement;
  }

  @Override
  public void close() throws IOException {
    if (machine != null) {
      machine.close();
    }
  }
}
