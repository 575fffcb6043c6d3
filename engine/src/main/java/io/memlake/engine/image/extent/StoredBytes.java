package io.memlake.engine.image.extent;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.Evidence;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * Bytes of an image as its container stores them, after decoding: a file as it is, segments that
 * follow each other, or a compressed stream with its chunk table. Immutable and serializable.
 *
 * <p>The opened source throws {@link io.memlake.engine.image.CorruptImageException} for a part that
 * cannot be decoded; other parts stay readable.
 */
public interface StoredBytes extends Serializable {

  /** The files that hold the bytes. */
  List<String> files();

  /** Length of the decoded bytes when the index was built. */
  long size();

  /** Opens the decoded bytes. The caller closes the result. */
  ByteSource open(Evidence evidence) throws IOException;
}
