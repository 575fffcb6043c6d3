package io.memlake.engine.kernel;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Optional;

/** Finds a plain debugger block in the mapped kernel, without symbols. */
final class DebuggerBlockSearch {
  private static final int PAGES_A_READ = 16;

  private DebuggerBlockSearch() {}

  /** The first block inside {@code kernel} that names {@code kernel} as its base. */
  static Optional<DebuggerData> in(AddressSpace space, KernelImage kernel) throws IOException {
    byte[] bytes = new byte[PAGES_A_READ * PhysicalMemory.PAGE_SIZE];
    boolean[] present = new boolean[PAGES_A_READ];
    for (long at = 0; at < kernel.size(); at += bytes.length) {
      if (space.readSparse(kernel.base() + at, bytes, 0, bytes.length, present) == 0) {
        continue;
      }
      for (int i = 0; i < bytes.length; i += Long.BYTES) {
        if (LittleEndian.i32(bytes, i) == DebuggerData.TAG) {
          long block = kernel.base() + at + i - DebuggerData.TAG_OFFSET;
          Optional<DebuggerData> data = DebuggerData.at(space, block);
          if (data.isPresent() && data.get().kernBase() == kernel.base()) {
            return data;
          }
        }
      }
    }
    return Optional.empty();
  }
}
