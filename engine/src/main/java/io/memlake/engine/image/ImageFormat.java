package io.memlake.engine.image;

import io.memlake.engine.bytes.ByteSource;
import java.io.IOException;
import java.util.Optional;

/** One container format: recognises its files by content and builds their index. */
public interface ImageFormat {

  /** Short name as in {@link ImageIndex#format()}. */
  String name();

  /**
   * Looks at the file and builds its index.
   *
   * @return empty when the file is not of this format at all
   * @throws CorruptImageException when it is of this format but broken beyond use
   * @throws UnsupportedImageException when it is of this format in a variant that cannot be read
   * @throws IOException when the medium fails
   */
  Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException;
}
