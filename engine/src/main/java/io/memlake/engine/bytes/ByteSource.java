package io.memlake.engine.bytes;

import java.io.Closeable;
import java.io.IOException;

/**
 * A file that can be read at any place: the only way in which the engine sees evidence.
 *
 * <p>A source is opened by one task and used by one thread. It never writes. Implementations exist
 * for local files here and for Hadoop file systems in the Spark module.
 */
public interface ByteSource extends Closeable {

  /** What errors and rows call this file: its path or URI as the user gave it. */
  String name();

  /** Length in bytes when the source was opened; the file may shrink afterwards. */
  long size();

  /**
   * Reads up to {@code length} bytes at {@code position} into {@code target}.
   *
   * @return how many bytes were read; fewer than {@code length} only at the end of the file, 0 at
   *     or after it
   * @throws IOException when the medium fails; the message names the file and the offset
   */
  int read(long position, byte[] target, int offset, int length) throws IOException;

  @Override
  void close() throws IOException;
}
