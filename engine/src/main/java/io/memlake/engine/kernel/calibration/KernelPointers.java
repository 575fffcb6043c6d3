package io.memlake.engine.kernel.calibration;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.PagedAddressSpace;
import io.memlake.engine.pe.PeImage;
import io.memlake.engine.pe.PeSection;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One pass over the kernel's own data for pointers that tell what they are: those to the System
 * process, and the head of the list of kernel modules, whose first entry is the kernel itself.
 */
final class KernelPointers {
  /** Data of all kernels so far is a few MiB. */
  private static final long MOST_BYTES = 32L << 20;

  private static final int DISPATCHER_PROCESS = 3;
  private static final int LOADER_ENTRY_BASE = 0x30;
  private static final int LOADER_ENTRY_BYTES = LOADER_ENTRY_BASE + Long.BYTES;

  private final PagedAddressSpace space;
  private final long base;
  private final long size;
  private final byte[] target = new byte[LOADER_ENTRY_BYTES];

  /** System processes by address, each with the variable that points to it. */
  private final Map<Long, Long> systems = new TreeMap<>(Long::compareUnsigned);

  private long moduleList;

  private KernelPointers(PagedAddressSpace space, long base, long size) {
    this.space = space;
    this.base = base;
    this.size = size;
  }

  static KernelPointers scan(PagedAddressSpace space, long base, long size) throws IOException {
    KernelPointers pointers = new KernelPointers(space, base, size);
    byte[] page = new byte[PhysicalMemory.PAGE_SIZE];
    long left = MOST_BYTES;
    for (PeSection section : sections(space, base, size)) {
      long end = section.address() + section.size();
      for (long at = section.address() & -PhysicalMemory.PAGE_SIZE;
          Long.compareUnsigned(at, end) < 0 && left > 0;
          at += PhysicalMemory.PAGE_SIZE) {
        left -= PhysicalMemory.PAGE_SIZE;
        if (space.read(at, page, 0, page.length)) {
          pointers.page(at, page);
        }
      }
    }
    return pointers;
  }

  /** Sections with data; everything when the header does not tell. */
  private static List<PeSection> sections(PagedAddressSpace space, long base, long size)
      throws IOException {
    List<PeSection> data = new ArrayList<>();
    Optional<PeImage> image = PeImage.at(space, base);
    if (image.isPresent()) {
      image.get().sections().stream()
          .filter(section -> !section.executable())
          .filter(section -> Long.compareUnsigned(section.address() - base, size) < 0)
          .forEach(data::add);
    }
    return data.isEmpty()
        ? List.of(
            new PeSection(
                "", base, (int) Math.min(size == 0 ? MOST_BYTES : size, MOST_BYTES), false))
        : data;
  }

  private void page(long at, byte[] page) throws IOException {
    for (int offset = 0; offset < page.length; offset += Long.BYTES) {
      long pointer = LittleEndian.i64(page, offset);
      if ((pointer & 7) == 0
          && ProcessChain.isKernel(pointer)
          && Long.compareUnsigned(pointer - base, size) >= 0) {
        pointer(at + offset, pointer);
      }
    }
  }

  private void pointer(long variable, long pointer) throws IOException {
    if (!space.read(pointer, target, 0, LOADER_ENTRY_BYTES)) {
      return;
    }
    if (moduleList == 0
        && LittleEndian.i64(target, Long.BYTES) == variable
        && LittleEndian.i64(target, LOADER_ENTRY_BASE) == base) {
      moduleList = variable;
    }
    if (target[0] == DISPATCHER_PROCESS
        && !systems.containsKey(pointer)
        && ProcessChain.isSystem(ProcessChain.read(space, pointer))) {
      systems.put(pointer, variable);
    }
  }

  Map<Long, Long> systems() {
    return systems;
  }

  /** Address of {@code PsLoadedModuleList}, 0 when it was not found. */
  long moduleList() {
    return moduleList;
  }
}
