package io.memlake.engine.image.vmware;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lays out a guest's RAM over the bytes of a {@code .vmem} file or of a state file. */
final class GuestMemory {

  /** The group of a state file that says where RAM is. */
  static final String GROUP = "memory";

  /** Where RAM stops below 4 GiB and where it goes on, when nothing says otherwise. */
  private static final long LOW_END = 0xC000_0000L;

  private static final long HIGH_START = 0x1_0000_0000L;

  /** Regions of a guest: two or three. */
  private static final int MAX_REGIONS = 4096;

  private static final long PAGE_MASK = ~0xFFFL;

  private GuestMemory() {}

  /**
   * Adds the regions that a state file lists.
   *
   * @param base offset of the first page in the bytes
   * @return whether it lists any
   */
  static boolean addRegions(StateFile state, String file, long base, ExtentTableBuilder extents)
      throws IOException {
    long count = state.number(GROUP, "regionsCount").orElse(0);
    if (count > MAX_REGIONS) {
      throw new CorruptImageException(file, 0, count + " regions of memory");
    }
    for (int i = 0; i < count; i++) {
      long pfn = region(state, file, "regionPPN", i);
      long page = region(state, file, "regionPageNum", i);
      long pages = region(state, file, "regionSize", i);
      if (pfn > PageRun.MAX_PFN || page > PageRun.MAX_PFN || pages > PageRun.MAX_PFN) {
        throw new CorruptImageException(
            file, 0, "the region " + i + " at frame " + Hex.address(pfn) + " is not one of RAM");
      }
      extents.addStored(
          pfn << PhysicalMemory.PAGE_SHIFT,
          pages << PhysicalMemory.PAGE_SHIFT,
          0,
          base + (page << PhysicalMemory.PAGE_SHIFT),
          0);
    }
    return count > 0;
  }

  private static long region(StateFile state, String file, String name, int index)
      throws IOException {
    return state
        .number(GROUP, name, index)
        .orElseThrow(
            () -> new CorruptImageException(file, 0, "the region " + index + " has no " + name));
  }

  /** Without a list: one piece, with the hole that VMware leaves when RAM exceeds 3 GiB. */
  static void addAssumed(long base, long size, ExtentTableBuilder extents, List<String> warnings)
      throws IOException {
    long low = Math.min(size, LOW_END);
    extents.addStored(0, low, 0, base, 0);
    if (size > low) {
      extents.addStored(HIGH_START, size - low, 0, base + low, 0);
      warnings.add("No list of memory regions: RAM above 3 GiB is assumed to go on at 4 GiB");
    }
  }

  /** The top table of each processor, and what else the state says. */
  static ImageHints hints(StateFile state) throws IOException {
    Map<String, String> facts = new TreeMap<>();
    int processors = 0;
    for (StateTag tag : state.tags()) {
      boolean cr3 = tag.is("cpu", "CR") && tag.indices().size() == 2 && tag.indices().get(1) == 3;
      if (cr3) {
        long value = state.number("cpu", "CR", tag.index(), 3).orElse(0) & PAGE_MASK;
        facts.put("dtb_cpu" + tag.index(), Hex.address(value));
        if (value != 0) {
          facts.putIfAbsent(ImageHints.DTB, Hex.address(value));
        }
        processors++;
      }
    }
    if (processors > 0) {
      facts.put("processors", Integer.toString(processors));
    }
    state
        .number("Checkpoint", "memSize")
        .ifPresent(size -> facts.put("memory_mib", Long.toString(size)));
    return ImageHints.of(facts);
  }
}
