package io.memlake.engine.image.wrapper;

import io.memlake.engine.image.EmbeddedFile;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.extent.StoredBytes;
import io.memlake.engine.image.minidump.ProcessDump;
import io.memlake.engine.image.virtual.VirtualMemoryIndex;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * An image inside a wrapper. The image's reader asks for a file by name and is given the unwrapped
 * bytes.
 *
 * @param wrapper how tables call the wrapper, for instance {@code ewf}
 * @param name the file that the user named
 * @param bytes what is inside
 * @param inner the image that they are
 * @param facts what the wrapper says about the machine or the acquisition
 * @param outerWarnings oddities of the wrapper
 */
public record WrappedIndex(
    String wrapper,
    String name,
    StoredBytes bytes,
    ImageIndex inner,
    ImageHints facts,
    List<String> outerWarnings)
    implements ImageIndex {
  private static final long serialVersionUID = 1L;

  /** Copies the warnings. */
  public WrappedIndex {
    outerWarnings = List.copyOf(outerWarnings);
  }

  /** Tells what is inside and builds its index. */
  public static WrappedIndex of(
      String wrapper,
      String name,
      StoredBytes bytes,
      ImageHints facts,
      List<String> warnings,
      ImageFormats formats,
      Evidence evidence)
      throws IOException {
    Unwrapping unwrapping = new Unwrapping(name, bytes, evidence);
    ImageIndex inner = formats.index(name, unwrapping);
    return new WrappedIndex(wrapper, name, bytes, inner, facts, warnings);
  }

  @Override
  public String format() {
    return inner.format();
  }

  @Override
  public String variant() {
    return inner.variant().isEmpty() ? wrapper : wrapper + ", " + inner.variant();
  }

  @Override
  public List<String> files() {
    Set<String> files = new LinkedHashSet<>();
    files.add(name);
    files.addAll(bytes.files());
    files.addAll(inner.files());
    return new ArrayList<>(files);
  }

  @Override
  public List<PageRun> runs() {
    return inner.runs();
  }

  @Override
  public ImageHints hints() {
    Map<String, String> all = new TreeMap<>(facts.values());
    all.putAll(inner.hints().values());
    return ImageHints.of(all);
  }

  @Override
  public List<String> warnings() {
    List<String> all = new ArrayList<>(outerWarnings);
    all.addAll(inner.warnings());
    return all;
  }

  @Override
  public List<EmbeddedFile> embeddedFiles() {
    return inner.embeddedFiles();
  }

  @Override
  public Optional<VirtualMemoryIndex> virtualMemory() {
    return inner.virtualMemory();
  }

  @Override
  public Optional<ProcessDump> processDump() {
    return inner.processDump();
  }

  @Override
  public PhysicalMemory open(Evidence evidence) throws IOException {
    return inner.open(new Unwrapping(name, bytes, evidence));
  }
}
