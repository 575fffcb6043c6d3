package io.memlake.engine.image.wrapper;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.UnsupportedImageException;
import io.memlake.engine.image.extent.StoredSegments;
import io.memlake.engine.image.extent.StoredSegments.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An image that was cut into files whose names count up: {@code .001 .002}, {@code .000 .001},
 * {@code .00 .01}, {@code .aa .ab}. There is no header; only the names tell.
 *
 * <p>Acquirers cut at a fixed size, so all segments but the last are equally long; where they are
 * not, a part may be missing, which is reported. A frame may lie in two segments.
 */
public final class SplitFormat implements ImageFormat {
  private static final int MAX_SEGMENTS = 100_000;

  private final ImageFormats inner;

  /** Looks with {@code inner} at what the segments make up. */
  public SplitFormat(ImageFormats inner) {
    this.inner = inner;
  }

  @Override
  public String name() {
    return "split";
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    Optional<SegmentName> named = SegmentName.parse(file.name());
    if (named.isEmpty()) {
      return Optional.empty();
    }
    Set<String> siblings = new HashSet<>(evidence.siblings(file.name()));
    SegmentName first = named.get();
    Optional<SegmentName> before = first.previous();
    if (before.isPresent() && siblings.contains(before.get().file())) {
      while (before.isPresent() && siblings.contains(before.get().file())) {
        first = before.get();
        before = first.previous();
      }
      throw new UnsupportedImageException(
          file.name(), "a later segment of a split image", "its first segment, " + first.file());
    }
    if (!siblings.contains(first.next().file())) {
      return Optional.empty();
    }
    List<Segment> segments = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    SegmentName segment = first;
    while (segments.size() < MAX_SEGMENTS && siblings.contains(segment.file())) {
      addSegment(segment.file(), evidence, segments, warnings);
      segment = segment.next();
    }
    if (siblings.contains(segment.next().file())) {
      warnings.add("The segment " + segment.file() + " is missing; what follows it is not read");
    }
    StoredSegments bytes = new StoredSegments(file.name(), segments);
    return Optional.of(
        WrappedIndex.of("split", file.name(), bytes, ImageHints.NONE, warnings, inner, evidence));
  }

  private static void addSegment(
      String file, Evidence evidence, List<Segment> segments, List<String> warnings)
      throws IOException {
    long size;
    try (ByteSource source = evidence.open(file)) {
      size = source.size();
    }
    if (!segments.isEmpty()) {
      Segment last = segments.get(segments.size() - 1);
      if (last.length() != segments.get(0).length()) {
        warnings.add(
            "The segment "
                + last.file()
                + " is not as long as the first; what follows it may be misplaced");
      }
    }
    if (size > 0) {
      segments.add(new Segment(file, 0, size));
    }
  }
}
