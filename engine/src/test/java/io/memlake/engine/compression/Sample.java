package io.memlake.engine.compression;

/** Bytes to compress, and what is special about them. */
final class Sample {
  private final String name;
  private final byte[] bytes;

  Sample(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return name;
  }
}
