package io.memlake.engine.paging.pagefile;

import io.memlake.engine.bytes.ByteSource;

/** A file that exists only here. */
public final class BytesSource implements ByteSource {
  private final String name;
  private final byte[] bytes;
  private int available;
  private boolean closed;

  public BytesSource(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
    this.available = bytes.length;
  }

  void shrinkTo(int length) {
    available = length;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) {
    int count = (int) Math.max(0, Math.min(length, available - position));
    System.arraycopy(bytes, (int) Math.min(position, bytes.length), target, offset, count);
    return count;
  }

  @Override
  public void close() {
    closed = true;
  }
}
