package io.memlake.engine.image.minidump;

import io.memlake.engine.image.FramelessIndex;
import io.memlake.engine.image.extent.ExtentIndex;
import io.memlake.engine.image.virtual.VirtualMemoryIndex;
import java.util.Optional;

/**
 * An opened minidump: no frames, but the memory of a process and what is known about it.
 *
 * @param dump header facts and warnings; has no runs
 * @param memory the stored ranges
 * @param process the lists
 */
record MinidumpIndex(ExtentIndex dump, VirtualMemoryIndex memory, ProcessDump process)
    implements FramelessIndex {
  private static final long serialVersionUID = 1L;

  @Override
  public Optional<ProcessDump> processDump() {
    return Optional.of(process);
  }
}
