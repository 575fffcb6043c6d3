package io.memlake.engine.symbols;

import io.memlake.engine.bytes.ByteSource;

/** Bytes of a test as a file. */
public final class MemorySource implements ByteSource {
  private final String name;
  private final byte[] bytes;

  /** {@code bytes} under a name. */
  public MemorySource(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
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
    if (position < 0 || position >= bytes.length) {
      return 0;
    }
    int count = (int) Math.min(length, bytes.length - position);
    System.arraycopy(bytes, (int) position, target, offset, count);
    return count;
  }

  @Override
  public void close() {}
}
