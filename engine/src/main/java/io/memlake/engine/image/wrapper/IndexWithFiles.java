package io.memlake.engine.image.wrapper;

import io.memlake.engine.image.EmbeddedFile;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.virtual.VirtualMemoryIndex;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * An image with the files that the container holds beside it.
 *
 * @param image of the memory
 * @param embeddedFiles page files
 */
public record IndexWithFiles(ImageIndex image, List<EmbeddedFile> embeddedFiles)
    implements ImageIndex {
  private static final long serialVersionUID = 1L;

  /** Copies the list. */
  public IndexWithFiles {
    embeddedFiles = List.copyOf(embeddedFiles);
  }

  @Override
  public String format() {
    return image.format();
  }

  @Override
  public String variant() {
    return image.variant();
  }

  @Override
  public List<String> files() {
    return image.files();
  }

  @Override
  public List<PageRun> runs() {
    return image.runs();
  }

  @Override
  public ImageHints hints() {
    return image.hints();
  }

  @Override
  public List<String> warnings() {
    return image.warnings();
  }

  @Override
  public Optional<VirtualMemoryIndex> virtualMemory() {
    return image.virtualMemory();
  }

  @Override
  public PhysicalMemory open(Evidence evidence) throws IOException {
    return image.open(evidence);
  }
}
