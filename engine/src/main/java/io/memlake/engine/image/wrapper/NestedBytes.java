package io.memlake.engine.image.wrapper;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.extent.StoredBytes;
import java.io.IOException;
import java.util.List;

/**
 * Stored bytes inside other stored bytes: a compressed file that a container holds.
 *
 * @param name of the file by which {@code inner} opens {@code outer}
 * @param outer where the inner bytes are stored
 * @param inner what is read
 */
public record NestedBytes(String name, StoredBytes outer, StoredBytes inner)
    implements StoredBytes {
  private static final long serialVersionUID = 1L;

  @Override
  public List<String> files() {
    return outer.files();
  }

  @Override
  public long size() {
    return inner.size();
  }

  @Override
  public ByteSource open(Evidence evidence) throws IOException {
    return inner.open(new Unwrapping(name, outer, evidence));
  }
}
