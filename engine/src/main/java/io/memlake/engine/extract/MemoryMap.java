package io.memlake.engine.extract;

import java.io.IOException;

/** Receives the map of an extracted process, in rising order of addresses. */
@FunctionalInterface
public interface MemoryMap {
  /** Pages of a region; the runs of a region cover all of it. */
  void run(MemoryRegion region, MemoryRun run) throws IOException;
}
