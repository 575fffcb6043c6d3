package io.memlake.engine.image;

import io.memlake.engine.image.minidump.ProcessDump;
import io.memlake.engine.image.virtual.VirtualMemoryIndex;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * What was learnt by looking through a container once: enough for any executor to read any frame
 * without looking again. Immutable, small and serializable.
 */
public interface ImageIndex extends Serializable {

  /** Short name of the format as tables spell it: {@code raw}, {@code crashdump}, {@code aff4}. */
  String format();

  /** Which variant of the format, in words: {@code full, 64-bit}; empty when there is only one. */
  String variant();

  /** The files that hold the image, first the one the user named. */
  List<String> files();

  /** All runs in rising order without overlaps. */
  List<PageRun> runs();

  /** Facts of the container's header that later stages use as hints and tables keep. */
  ImageHints hints();

  /** What was odd about the container but did not prevent reading it. */
  List<String> warnings();

  /**
   * Virtual memory that the container stores as such. Triage dumps and minidumps have only this and
   * no runs; other formats have none.
   */
  default Optional<VirtualMemoryIndex> virtualMemory() {
    return Optional.empty();
  }

  /** What a dump of a single process tells about it; machines' images have none. */
  default Optional<ProcessDump> processDump() {
    return Optional.empty();
  }

  /** Files that the container holds beside the memory: page files, collected system files. */
  default List<EmbeddedFile> embeddedFiles() {
    return List.of();
  }

  /** Opens the frames. The caller closes the result. */
  PhysicalMemory open(Evidence evidence) throws IOException;
}
