package io.memlake.engine.artifacts.registry;

import io.memlake.engine.bytes.ByteSource;

/** A hive file in an array. */
final class HiveFile implements ByteSource {
  private final byte[] bytes;

  HiveFile(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public String name() {
    return "hive";
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) {
    int count = (int) Math.max(0, Math.min(length, bytes.length - position));
    System.arraycopy(bytes, (int) Math.min(position, bytes.length), target, offset, count);
    return count;
  }

  @Override
  public void close() {}
}
