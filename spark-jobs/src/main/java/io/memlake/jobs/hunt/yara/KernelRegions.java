package io.memlake.jobs.hunt.yara;

import io.memlake.engine.extract.MemoryRegion;
import io.memlake.engine.objects.pagedout.PagedOutMachine;
import io.memlake.engine.objects.pool.BigPages;
import io.memlake.engine.scan.PoolTag;
import io.memlake.engine.symbols.MissingSymbolException;
import io.memlake.jobs.extract.LakeHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The ranges of the kernel that rules are evaluated over as a whole: its modules, as the lake has
 * them, and allocations of the pool of a page and more.
 */
final class KernelRegions {
  /** Bytes of a region that are looked at; the kernel's tables of frames are larger. */
  private static final long MAX_BYTES = 1L << 30;

  private static final long PAGE_MASK = 0xFFF;

  private final TreeMap<Long, MemoryRegion> regions = new TreeMap<>(Long::compareUnsigned);
  private final Consumer<String> problems;

  private KernelRegions(Consumer<String> problems) {
    this.problems = problems;
  }

  /**
   * Finds them, by rising start.
   *
   * @param problems takes what could not be looked at, in words
   */
  static List<MemoryRegion> of(LakeHost host, PagedOutMachine machine, Consumer<String> problems)
      throws IOException {
    KernelRegions found = new KernelRegions(problems);
    host.rows(
        "kernel_modules",
        row -> {
          if (row.get("base") instanceof Long base && row.get("size") instanceof Long size) {
            Object name = row.get("name");
            found.add(base, size, "kernel module", name == null ? "" : name.toString());
          }
        });
    try {
      for (BigPages.BigPage block : BigPages.read(machine.machine()).pages()) {
        if (!block.free()) {
          String tag = PoolTag.text(block.tag());
          found.add(block.address(), block.bytes(), "big pool", tag);
        }
      }
    } catch (MissingSymbolException e) {
      problems.accept("the pool's big allocations are not known: " + e.getMessage());
    }
    return new ArrayList<>(found.regions.values());
  }

  private void add(long start, long size, String type, String name) {
    if (start >= 0 || (start & PAGE_MASK) != 0 || size <= 0) {
      return;
    }
    long length = Math.min(size, MAX_BYTES) + PAGE_MASK & ~PAGE_MASK;
    if (size > MAX_BYTES) {
      problems.accept(type + " " + name + ": only its first " + MAX_BYTES + " bytes are looked at");
    }
    if (start + length - 1 < start && start + length != 0) {
      return;
    }
    regions.putIfAbsent(start, new MemoryRegion(start, start + length - 1, "", type, name));
  }
}
