package io.memlake.engine.image.minidump;

import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.extent.ExtentIndex;
import io.memlake.engine.image.virtual.VirtualMemoryIndex;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * An opened minidump: no frames, but the memory of a process and what is known about it.
 *
 * @param dump header facts and warnings; has no runs
 * @param memory the stored ranges
 * @param process the lists
 */
record MinidumpIndex(ExtentIndex dump, VirtualMemoryIndex memory, ProcessDump process)
    implements ImageIndex {
  private static final long serialVersionUID = 1L;

  @Override
  public String format() {
    return dump.format();
  }

  @Override
  public String variant() {
    return dump.variant();
  }

  @Override
  public List<String> files() {
    return dump.files();
  }

  @Override
  public List<PageRun> runs() {
    return dump.runs();
  }

  @Override
  public ImageHints hints() {
    return dump.hints();
  }

  @Override
  public List<String> warnings() {
    return dump.warnings();
  }

  @Override
  public Optional<VirtualMemoryIndex> virtualMemory() {
    return Optional.of(memory);
  }

  @Override
  public Optional<ProcessDump> processDump() {
    return Optional.of(process);
  }

  @Override
  public PhysicalMemory open(Evidence evidence) throws IOException {
    return dump.open(evidence);
  }
}
