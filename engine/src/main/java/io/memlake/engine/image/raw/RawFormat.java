package io.memlake.engine.image.raw;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.image.extent.ExtentIndex;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.image.extent.StoredBytes;
import io.memlake.engine.image.extent.StoredFile;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * RAM without a header.
 *
 * <p><em>Padded</em>: the offset in the file is the physical address, and holes are there as
 * filler. <em>Unpadded</em>: the runs of RAM follow each other without holes, and a table from
 * elsewhere says where each belongs. A file that ends inside a frame keeps that frame, filled with
 * zeros, as {@link io.memlake.engine.physical.PageState#TRUNCATED}.
 *
 * <p>A zero page of a padded image may be a page of zeros, a hole, or a page that the acquirer
 * could not read; RAW does not tell these apart, and so neither does this reader.
 */
public final class RawFormat implements ImageFormat {

  /** Name as tables spell it. */
  public static final String NAME = "raw";

  /** Below this size a file must at least consist of whole frames. */
  private static final long SURELY_LARGE_ENOUGH = 1 << 20;

  /** Below this size nothing is taken for RAM: no acquirer writes so little. */
  private static final long SMALLEST = 16L * PhysicalMemory.PAGE_SIZE;

  private static final int HEAD = 64 << 10;

  private final boolean certain;

  private RawFormat(boolean certain) {
    this.certain = certain;
  }

  /** For files of which nothing is known: what is certainly something else is refused. */
  public static RawFormat ofFiles() {
    return new RawFormat(false);
  }

  /** For the content of containers that only hold images: what it looks like is a warning. */
  public static RawFormat ofMedia() {
    return new RawFormat(true);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    List<String> warnings = new ArrayList<>();
    if (certain) {
      KnownFileKinds.tell(head(file))
          .ifPresent(kind -> warnings.add("The media looks like " + kind + ", not like RAM"));
    } else {
      requirePlausible(file);
    }
    StoredFile bytes = StoredFile.of(file);
    Optional<RunInference.Inferred> inferred = RunInference.infer(file);
    ExtentIndex index;
    if (inferred.isPresent()) {
      index = unpadded(file.name(), bytes, inferred.get().runs());
      warnings.addAll(inferred.get().warnings());
    } else {
      index = padded(file.name(), bytes);
    }
    warnings.addAll(0, index.warnings());
    return Optional.of(
        new ExtentIndex(
            NAME,
            index.variant(),
            file.name(),
            index.sources(),
            index.extents(),
            ImageHints.NONE,
            warnings));
  }

  /** Nothing when the container's first chunk is broken; the rest may still be good. */
  private static byte[] head(ByteSource file) throws IOException {
    try {
      return ContainerBytes.readUpTo(file, 0, HEAD);
    } catch (CorruptImageException e) {
      return new byte[0];
    }
  }

  private static void requirePlausible(ByteSource file) throws IOException {
    Optional<String> kind = KnownFileKinds.tell(head(file));
    if (kind.isPresent()) {
      throw new UnsupportedImageException(file.name(), kind.get(), ImageFormats.ACCEPTED);
    }
    boolean wholeFrames = file.size() % PhysicalMemory.PAGE_SIZE == 0;
    if (file.size() < SMALLEST || (!wholeFrames && file.size() < SURELY_LARGE_ENOUGH)) {
      throw new UnsupportedImageException(
          file.name(),
          "a file of " + file.size() + " bytes without a known header, too small to be RAM",
          ImageFormats.ACCEPTED);
    }
  }

  /** The offset in the bytes is the physical address. */
  public static ExtentIndex padded(String name, StoredBytes bytes) throws IOException {
    ExtentTableBuilder extents = ExtentTableBuilder.over(bytes, name);
    extents.addStored(0, bytes.size(), 0, 0, 0);
    List<String> warnings = new ArrayList<>();
    addTailWarning(bytes, warnings);
    return index("padded", name, bytes, extents, warnings);
  }

  /**
   * Runs without the holes between them.
   *
   * @param runs where the frames of the file belong, in the order of the file; the states count for
   *     nothing
   * @throws CorruptImageException when the table is not one of RAM
   */
  public static ExtentIndex unpadded(String name, StoredBytes bytes, List<PageRun> runs)
      throws IOException {
    ExtentTableBuilder extents = ExtentTableBuilder.over(bytes, name);
    List<String> warnings = new ArrayList<>();
    addTailWarning(bytes, warnings);
    long location = 0;
    for (PageRun run : runs) {
      long length = run.pageCount() << PhysicalMemory.PAGE_SHIFT;
      extents.addStored(run.firstPfn() << PhysicalMemory.PAGE_SHIFT, length, 0, location, location);
      location += length;
    }
    if (location < bytes.size()) {
      warnings.add(
          "The run table covers "
              + location
              + " of the file's "
              + bytes.size()
              + " bytes; the rest is not read");
    }
    return index("unpadded", name, bytes, extents, warnings);
  }

  private static void addTailWarning(StoredBytes bytes, List<String> warnings) {
    long tail = bytes.size() % PhysicalMemory.PAGE_SIZE;
    if (tail != 0) {
      warnings.add(
          "The file ends "
              + tail
              + " bytes into a frame; the rest of that frame is filled with zeros");
    }
  }

  private static ExtentIndex index(
      String variant,
      String name,
      StoredBytes bytes,
      ExtentTableBuilder extents,
      List<String> warnings) {
    return new ExtentIndex(
        NAME, variant, name, List.of(bytes), extents.build(), ImageHints.NONE, warnings);
  }
}
