package io.memlake.testdata.store;

import java.util.Arrays;

/** Bytes of one structure while it is put together. */
final class Block {
  private final byte[] bytes;

  Block(int size) {
    bytes = new byte[size];
  }

  Block number(int at, int size, long value) {
    for (int i = 0; i < size; i++) {
      bytes[at + i] = (byte) (value >>> (8 * i));
    }
    return this;
  }

  byte[] bytes() {
    return Arrays.copyOf(bytes, bytes.length);
  }
}
