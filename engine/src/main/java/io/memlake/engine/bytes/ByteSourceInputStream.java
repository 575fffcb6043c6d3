package io.memlake.engine.bytes;

import java.io.IOException;
import java.io.InputStream;

/** A byte source up to its end as a stream. Closing the stream leaves it open. */
public final class ByteSourceInputStream extends InputStream {
  private final ByteSource source;
  private long position;

  /** Starts at the first byte of {@code source}. */
  public ByteSourceInputStream(ByteSource source) {
    this(source, 0);
  }

  /** Starts at the byte {@code position} of {@code source}. */
  public ByteSourceInputStream(ByteSource source, long position) {
    this.source = source;
    this.position = position;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = source.read(position, target, offset, length);
    position += count;
    return count == 0 ? -1 : count;
  }
}
