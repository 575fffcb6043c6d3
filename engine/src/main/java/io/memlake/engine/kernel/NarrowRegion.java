package io.memlake.engine.kernel;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The gigabyte from {@code 0x80000000} in which 32-bit Windows loads its kernel: finds the mapped
 * pages in it that begin like an executable. Page tables map themselves behind its end.
 */
final class NarrowRegion {
  private static final long START = 0x8000_0000L;
  private static final long END = 0xC000_0000L;
  private static final int MZ = 0x5A4D;
  private static final int MAXIMUM_FINDS = 4096;

  private NarrowRegion() {}

  /** Virtual addresses of executables in the region of the space, rising. */
  static List<Long> executables(PagedAddressSpace space) throws IOException {
    List<Long> found = new ArrayList<>();
    byte[] magic = new byte[2];
    long at = START;
    while (at < END && found.size() < MAXIMUM_FINDS) {
      long missing = space.uncovered(at);
      if (missing > 0) {
        at += missing;
        continue;
      }
      long physicalAddress = space.translate(at);
      if (physicalAddress != AddressSpace.ABSENT
          && space.memory().read(physicalAddress, magic, 0, magic.length)
          && LittleEndian.u16(magic, 0) == MZ) {
        found.add(at);
      }
      at += PhysicalMemory.PAGE_SIZE;
    }
    return found;
  }
}
