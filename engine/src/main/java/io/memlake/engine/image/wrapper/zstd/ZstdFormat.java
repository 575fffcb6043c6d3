package io.memlake.engine.image.wrapper.zstd;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.chunk.ChunkedBytes;
import io.memlake.engine.image.extent.StoredBytes;
import io.memlake.engine.image.wrapper.WrappedIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An image compressed by zstd. Frames of at most 64 MiB, as {@code pzstd} and writers of the
 * seekable format make them, are decoded one by one; when there is a larger one, as {@code zstd}
 * itself makes, the file is gone through once and restart points are noted.
 */
public final class ZstdFormat implements ImageFormat {
  private static final String MARK = "(\u00B5/\u00FD";

  /** The second to fourth byte of a skippable frame, which {@code pzstd} begins with. */
  private static final String SKIPPABLE = "*M\u0018";

  private final ImageFormats inner;

  /** Looks with {@code inner} at the content. */
  public ZstdFormat(ImageFormats inner) {
    this.inner = inner;
  }

  @Override
  public String name() {
    return "zstd";
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    byte[] head = ContainerBytes.readUpTo(file, 0, 4);
    boolean skippable = ContainerBytes.holds(head, 1, SKIPPABLE) && (head[0] & 0xF0) == 0x50;
    if (!skippable && !ContainerBytes.holds(head, 0, MARK)) {
      return Optional.empty();
    }
    List<String> warnings = new ArrayList<>();
    ChunkedBytes.Builder chunks = new ChunkedBytes.Builder(file.name());
    chunks.addFile(file.name());
    FrameWalk walk = new FrameWalk(file, chunks);
    StoredBytes content;
    if (walk.addFrames()) {
      content = chunks.build();
    } else {
      content = new FrameIndexer(file, walk, warnings).index();
    }
    if (content.size() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        WrappedIndex.of(name(), file.name(), content, ImageHints.NONE, warnings, inner, evidence));
  }
}
