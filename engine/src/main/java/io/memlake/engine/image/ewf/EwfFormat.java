package io.memlake.engine.image.ewf;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.image.extent.ExtentIndex;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.image.raw.RawFormat;
import io.memlake.engine.image.wrapper.WrappedIndex;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * EWF version 1 images. The media inside is told by its own content; when it is RAW, sectors that
 * the acquirer could not read are unreadable frames, and what missing segments would hold is
 * truncated.
 */
public final class EwfFormat implements ImageFormat {

  /** Name as tables spell it. */
  public static final String NAME = "ewf";

  private static final String MARK = "EVF\t\r\n\u00FF\0";

  /** E01 to ZZZ. */
  private static final int MAX_SEGMENTS = 14_971;

  private final ImageFormats inner;

  /** Looks with {@code inner} at the media. */
  public EwfFormat(ImageFormats inner) {
    this.inner = inner;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    byte[] mark = ContainerBytes.readUpTo(file, 0, 8);
    if (ContainerBytes.holds(mark, 0, "EVF2\r\n\u0081\0")) {
      throw new UnsupportedImageException(
          file.name(), "an EWF image of version 2 (Ex01)", "EWF images of version 1 (E01)");
    }
    if (ContainerBytes.holds(mark, 0, "LVF\t\r\n\u00FF\0")) {
      throw new UnsupportedImageException(
          file.name(), "a logical EWF image (L01)", "EWF images of memory or media (E01)");
    }
    if (!ContainerBytes.holds(mark, 0, MARK)) {
      return Optional.empty();
    }
    EwfMedia media = read(file, evidence);
    WrappedIndex index =
        WrappedIndex.of(
            NAME,
            file.name(),
            media.bytes(),
            ImageHints.of(media.facts()),
            media.warnings(),
            inner,
            evidence);
    boolean raw = index.inner().format().equals(RawFormat.NAME);
    boolean gaps = media.missingChunks() > 0 || !media.badFrames().isEmpty();
    return Optional.of(raw && gaps ? withGaps(index, media) : index);
  }

  private static EwfMedia read(ByteSource first, Evidence evidence) throws IOException {
    EwfReader reader = new EwfReader(first.name());
    boolean more = reader.addSegment(first, 1);
    Set<String> siblings = more ? new HashSet<>(evidence.siblings(first.name())) : Set.of();
    for (int number = 2; more && number <= MAX_SEGMENTS; number++) {
      Optional<String> name = EwfSegmentName.of(first.name(), number);
      if (name.isEmpty() || !siblings.contains(name.get())) {
        break;
      }
      try (ByteSource segment = evidence.open(name.get())) {
        more = reader.addSegment(segment, number);
      }
    }
    return reader.media(first.name());
  }

  private static ImageIndex withGaps(WrappedIndex index, EwfMedia media) throws IOException {
    ExtentTableBuilder extents = ExtentTableBuilder.over(media.bytes(), index.name());
    for (PageRun bad : media.badFrames()) {
      extents.addUnstored(bad.firstPfn(), bad.pageCount(), PageState.UNREADABLE, 0);
    }
    long size = media.bytes().size();
    extents.addStored(0, size, 0, 0, 0);
    long first = (size + PhysicalMemory.PAGE_SIZE - 1) >> PhysicalMemory.PAGE_SHIFT;
    long missing = (media.missingChunks() * media.chunkSize()) >> PhysicalMemory.PAGE_SHIFT;
    extents.addUnstored(first, missing, PageState.TRUNCATED, 0);
    List<String> warnings = new ArrayList<>(index.warnings());
    if (!media.badFrames().isEmpty()) {
      warnings.add("The acquirer could not read some sectors; their frames are unreadable");
    }
    return new ExtentIndex(
        RawFormat.NAME,
        index.variant(),
        index.name(),
        List.of(media.bytes()),
        extents.build(),
        index.hints(),
        warnings);
  }
}
