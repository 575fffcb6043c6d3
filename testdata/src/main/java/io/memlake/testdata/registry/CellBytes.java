package io.memlake.testdata.registry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that are written number by number, little-endian. */
final class CellBytes {

  private byte[] bytes;

  CellBytes(int size) {
    bytes = new byte[size];
  }

  CellBytes number(int at, int size, long value) {
    for (int i = 0; i < size; i++) {
      bytes[at + i] = (byte) (value >>> (8 * i));
    }
    return this;
  }

  CellBytes u16(int at, int value) {
    return number(at, Short.BYTES, value);
  }

  CellBytes u32(int at, int value) {
    return number(at, Integer.BYTES, value);
  }

  CellBytes u64(int at, long value) {
    return number(at, Long.BYTES, value);
  }

  CellBytes ascii(int at, String text) {
    return put(at, text.getBytes(StandardCharsets.US_ASCII));
  }

  CellBytes put(int at, byte[] content) {
    System.arraycopy(content, 0, bytes, at, content.length);
    return this;
  }

  int u32(int at) {
    return (bytes[at] & 0xFF)
        | (bytes[at + 1] & 0xFF) << 8
        | (bytes[at + 2] & 0xFF) << 16
        | bytes[at + 3] << 24;
  }

  void grow(int size) {
    bytes = Arrays.copyOf(bytes, size);
  }

  byte[] bytes() {
    return bytes.clone();
  }
}
