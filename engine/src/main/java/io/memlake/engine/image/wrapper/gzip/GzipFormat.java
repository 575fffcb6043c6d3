package io.memlake.engine.image.wrapper.gzip;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.extent.StoredBytes;
import io.memlake.engine.image.wrapper.WrappedIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An image compressed by gzip or a parallel writer of its format. */
public final class GzipFormat implements ImageFormat {
  private final ImageFormats inner;

  /** Looks with {@code inner} at the content. */
  public GzipFormat(ImageFormats inner) {
    this.inner = inner;
  }

  @Override
  public String name() {
    return "gzip";
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    if (!ContainerBytes.holds(ContainerBytes.readUpTo(file, 0, 3), 0, GzipMembers.MARK)) {
      return Optional.empty();
    }
    List<String> warnings = new ArrayList<>();
    StoredBytes content = content(file, warnings);
    return Optional.of(
        WrappedIndex.of(name(), file.name(), content, ImageHints.NONE, warnings, inner, evidence));
  }

  /**
   * Goes through gzip data once and makes its content readable at any place.
   *
   * @param file the gzip data; the result opens it again by its name
   * @param warnings gets what was odd
   * @throws CorruptImageException when not even its beginning can be decoded
   */
  public static StoredBytes content(ByteSource file, List<String> warnings) throws IOException {
    return new GzipIndexer(file, warnings).index();
  }
}
