package io.memlake.engine.image.extent;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.Evidence;
import java.io.IOException;
import java.util.List;

/**
 * A file as it is.
 *
 * @param file full path or URI
 * @param size length in bytes when the index was built
 */
public record StoredFile(String file, long size) implements StoredBytes {
  private static final long serialVersionUID = 1L;

  /** The file behind an open source. */
  public static StoredFile of(ByteSource source) {
    return new StoredFile(source.name(), source.size());
  }

  @Override
  public List<String> files() {
    return List.of(file);
  }

  @Override
  public ByteSource open(Evidence evidence) throws IOException {
    return evidence.open(file);
  }
}
