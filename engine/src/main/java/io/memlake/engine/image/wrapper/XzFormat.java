package io.memlake.engine.image.wrapper;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageFormats;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.UnsupportedImageException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.SeekableXZInputStream;
import org.tukaani.xz.UnsupportedOptionsException;
import org.tukaani.xz.XZIOException;

/**
 * An image compressed by xz. It is read in place when it has blocks of a bearable size, as {@code
 * xz -T0} and {@code xz --block-size} make them; a file of one large block would have to be decoded
 * from its start for every page.
 */
public final class XzFormat implements ImageFormat {
  private static final String MARK = "\u00FD7zXZ\0";

  private final ImageFormats inner;

  /** Looks with {@code inner} at the content. */
  public XzFormat(ImageFormats inner) {
    this.inner = inner;
  }

  @Override
  public String name() {
    return "xz";
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    if (!ContainerBytes.holds(ContainerBytes.readUpTo(file, 0, 6), 0, MARK)) {
      return Optional.empty();
    }
    long size;
    // The stream is not closed: the source belongs to the caller.
    SeekableXZInputStream xz = open(file);
    size = xz.length();
    if (xz.getLargestBlockSize() > XzBytes.MAX_BLOCK) {
      throw new UnsupportedImageException(
          file.name(),
          "an xz file with a block of " + xz.getLargestBlockSize() + " bytes",
          "xz files with blocks of at most "
              + XzBytes.MAX_BLOCK
              + " bytes (xz -T0 --block-size=16MiB), or the file unpacked");
    }
    return Optional.of(
        WrappedIndex.of(
            "xz",
            file.name(),
            new XzBytes(file.name(), size),
            ImageHints.NONE,
            List.of(),
            inner,
            evidence));
  }

  private static SeekableXZInputStream open(ByteSource file) throws IOException {
    try {
      return new SeekableXZInputStream(new XzBytes.Input(file), XzBytes.MEMORY_LIMIT_KIB);
    } catch (MemoryLimitException | UnsupportedOptionsException e) {
      throw new UnsupportedImageException(
          file.name(), "an xz file that needs more memory or other filters", "common xz files");
    } catch (XZIOException e) {
      throw new CorruptImageException(
          file.name(), 0, "the xz index cannot be read: " + e.getMessage());
    }
  }
}
