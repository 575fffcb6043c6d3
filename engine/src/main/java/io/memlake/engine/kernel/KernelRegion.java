package io.memlake.engine.kernel;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The 512 GiB from {@code 0xFFFFF80000000000} in which the boot loader places the kernel: finds the
 * pages in it that begin like an executable. Each page is looked at through its table entry, with
 * two bytes read, so that nothing is translated twice.
 */
final class KernelRegion {
  private static final long START = 0xFFFFF800_00000000L;
  private static final int TOP_INDEX = 0x1F0;
  private static final int ENTRIES = 512;
  private static final long PRESENT = 1;
  private static final long LARGE = 0x80;
  private static final long FRAME_MASK = 0x000FFFFF_FFFFF000L;
  private static final int MZ = 0x5A4D;

  /** 8 GiB of mapped pages; no system maps as much there. */
  private static final int MAXIMUM_PAGES = 1 << 21;

  private static final int MAXIMUM_FINDS = 4096;

  private final PhysicalMemory memory;
  private final byte[][] tables = new byte[4][PhysicalMemory.PAGE_SIZE];
  private final byte[] magic = new byte[2];
  private final List<Long> found = new ArrayList<>();
  private int pages;

  private KernelRegion(PhysicalMemory memory) {
    this.memory = memory;
  }

  /** Virtual addresses of executables in the region of the space behind {@code dtb}, rising. */
  static List<Long> executables(PhysicalMemory memory, long dtb) throws IOException {
    KernelRegion region = new KernelRegion(memory);
    if (region.read(0, dtb)) {
      long top = region.entry(0, TOP_INDEX);
      if ((top & PRESENT) != 0) {
        region.walk(1, top & FRAME_MASK, START);
      }
    }
    return region.found;
  }

  private void walk(int level, long table, long virtualAddress) throws IOException {
    if (!read(level, table)) {
      return;
    }
    int shift = 39 - 9 * level;
    for (int i = 0; i < ENTRIES; i++) {
      if (pages >= MAXIMUM_PAGES || found.size() >= MAXIMUM_FINDS) {
        return;
      }
      long entry = entry(level, i);
      if ((entry & PRESENT) == 0) {
        continue;
      }
      long at = virtualAddress + ((long) i << shift);
      if (level == 3) {
        look(entry & FRAME_MASK, at);
      } else if ((entry & LARGE) == 0) {
        walk(level + 1, entry & FRAME_MASK, at);
      } else if (level == 2) {
        long first = entry & FRAME_MASK & -(1L << shift);
        for (int page = 0; page < ENTRIES; page++) {
          look(first + ((long) page << 12), at + ((long) page << 12));
        }
      }
    }
  }

  private void look(long physicalAddress, long virtualAddress) throws IOException {
    pages++;
    if (memory.read(physicalAddress, magic, 0, 2) && LittleEndian.u16(magic, 0) == MZ) {
      found.add(virtualAddress);
    }
  }

  private boolean read(int level, long physicalAddress) throws IOException {
    return memory.read(physicalAddress, tables[level], 0, PhysicalMemory.PAGE_SIZE);
  }

  private long entry(int level, int index) {
    return LittleEndian.i64(tables[level], index * Long.BYTES);
  }
}
