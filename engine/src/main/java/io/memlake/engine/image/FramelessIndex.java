package io.memlake.engine.image;

import io.memlake.engine.image.virtual.VirtualMemoryIndex;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A dump that stores virtual memory and no frames. What its header says is kept as an index of its
 * own, whose runs are empty.
 */
public interface FramelessIndex extends ImageIndex {

  /** Header facts and warnings. */
  ImageIndex dump();

  /** The stored ranges. */
  VirtualMemoryIndex memory();

  @Override
  default String format() {
    return dump().format();
  }

  @Override
  default String variant() {
    return dump().variant();
  }

  @Override
  default List<String> files() {
    return dump().files();
  }

  @Override
  default List<PageRun> runs() {
    return dump().runs();
  }

  @Override
  default ImageHints hints() {
    return dump().hints();
  }

  @Override
  default List<String> warnings() {
    return dump().warnings();
  }

  @Override
  default Optional<VirtualMemoryIndex> virtualMemory() {
    return Optional.of(memory());
  }

  @Override
  default PhysicalMemory open(Evidence evidence) throws IOException {
    return dump().open(evidence);
  }
}
