package io.memlake.engine.image.convert;

import java.io.Closeable;
import java.io.IOException;

/** Where a converted image is written, from its first byte to its last. */
public interface ImageOutput extends Closeable {

  /** Appends bytes. */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** Appends zeros, as a hole where the medium can. */
  void skip(long length) throws IOException;

  /** Writes what is pending and makes the file as long as what was written and skipped. */
  @Override
  void close() throws IOException;
}
