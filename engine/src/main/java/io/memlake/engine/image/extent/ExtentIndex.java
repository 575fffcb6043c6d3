package io.memlake.engine.image.extent;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The index of every container that is made of extents.
 *
 * @param format short name, for instance {@code crashdump}
 * @param variant in words, or empty
 * @param name the file that the user named
 * @param sources where the bytes are, by the number that the extents use
 * @param extents what the frames are
 * @param hints facts of the header
 * @param warnings oddities that did not prevent reading
 */
public record ExtentIndex(
    String format,
    String variant,
    String name,
    List<StoredBytes> sources,
    ExtentTable extents,
    ImageHints hints,
    List<String> warnings)
    implements ImageIndex {
  private static final long serialVersionUID = 1L;

  /** Copies the lists. */
  public ExtentIndex {
    sources = List.copyOf(sources);
    warnings = List.copyOf(warnings);
  }

  @Override
  public List<String> files() {
    Set<String> files = new LinkedHashSet<>();
    files.add(name);
    sources.forEach(source -> files.addAll(source.files()));
    return new ArrayList<>(files);
  }

  @Override
  public List<PageRun> runs() {
    return extents.runs();
  }

  @Override
  public PhysicalMemory open(Evidence evidence) throws IOException {
    ByteSource[] opened = new ByteSource[sources.size()];
    boolean whole = false;
    try {
      for (int i = 0; i < opened.length; i++) {
        opened[i] = sources.get(i).open(evidence);
      }
      whole = true;
    } finally {
      if (!whole) {
        ExtentMemory.closeAll(opened);
      }
    }
    return new ExtentMemory(name, extents, opened);
  }
}
