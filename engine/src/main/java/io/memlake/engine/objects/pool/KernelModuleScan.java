package io.memlake.engine.objects.pool;

import io.memlake.engine.kernel.Machine;
import io.memlake.engine.objects.module.KernelModule;
import io.memlake.engine.objects.module.KernelModuleList;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The drivers behind pool hits: their loader entries lie directly after the pool header. Entries
 * that no table maps are passed over, since their names lie elsewhere and cannot be reached.
 */
public final class KernelModuleScan {
  /** {@code MmLd} as a little-endian number. */
  private static final int TAG = 'M' | 'm' << 8 | 'L' << 16 | 'd' << 24;

  private KernelModuleScan() {}

  /** The drivers among {@code hits}, by the address of their entries. */
  public static List<KernelModule> modules(
      Machine machine, KernelAddresses addresses, Collection<PoolHit> hits) throws IOException {
    List<Long> entries = new ArrayList<>();
    for (PoolHit hit : hits) {
      long page = addresses.kernelVirtualAddress(hit.place() >>> PhysicalMemory.PAGE_SHIFT);
      if (hit.tag() == TAG && page != AddressSpace.ABSENT) {
        long inPage = hit.place() & (PhysicalMemory.PAGE_SIZE - 1);
        entries.add(page + inPage + PoolBlock.headerSize(machine));
      }
    }
    entries.sort(Long::compareUnsigned);
    Set<Long> seen = new HashSet<>();
    List<KernelModule> modules = new ArrayList<>();
    for (long entry : entries) {
      Optional<KernelModule> module =
          seen.add(entry) ? KernelModuleList.at(machine, entry) : Optional.empty();
      if (module.isPresent() && isDriver(machine, module.get())) {
        modules.add(module.get());
      }
    }
    return modules;
  }

  /**
   * A driver lies in the kernel's half and starts inside itself; one without a start needs a name.
   * That tells entries from what other uses left behind the same tag.
   */
  private static boolean isDriver(Machine machine, KernelModule module) {
    if (!machine.kernelSpace().isKernel(module.base())) {
      return false;
    }
    return module.entryPoint() == 0
        ? module.name().map(name -> !name.isEmpty()).orElse(false)
        : Long.compareUnsigned(module.entryPoint() - module.base(), module.size()) < 0;
  }
}
