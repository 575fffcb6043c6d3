package io.memlake.engine.image.wrapper;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.extent.StoredBytes;
import java.io.IOException;
import java.util.List;

/** Evidence in which one file is what is inside it. */
record Unwrapping(String name, StoredBytes bytes, Evidence outer) implements Evidence {
  @Override
  public ByteSource open(String file) throws IOException {
    return file.equals(name) ? new Named(name, bytes.open(outer)) : outer.open(file);
  }

  @Override
  public List<String> siblings(String file) throws IOException {
    return outer.siblings(file);
  }

  private record Named(String name, ByteSource source) implements ByteSource {
    @Override
    public long size() {
      return source.size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
      return source.read(position, target, offset, length);
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }
}
