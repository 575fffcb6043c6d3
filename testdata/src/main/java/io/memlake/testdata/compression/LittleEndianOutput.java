package io.memlake.testdata.compression;

import java.util.Arrays;

/** A growing byte array into which earlier places can be written again. */
final class LittleEndianOutput {
  private byte[] bytes = new byte[256];
  private int size;

  int size() {
    return size;
  }

  /** Adds {@code count} zero bytes and returns where they start. */
  int reserve(int count) {
    if (size + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
    }
    int start = size;
    size += count;
    return start;
  }

  void u8(int value) {
    setU8(reserve(1), value);
  }

  void u16(int value) {
    setU16(reserve(2), value);
  }

  void u32(int value) {
    setU32(reserve(4), value);
  }

  void bytes(byte[] data, int offset, int length) {
    int start = reserve(length);
    System.arraycopy(data, offset, bytes, start, length);
  }

  int getU8(int at) {
    return bytes[at] & 0xFF;
  }

  void setU8(int at, int value) {
    bytes[at] = (byte) value;
  }

  void setU16(int at, int value) {
    setU8(at, value);
    setU8(at + 1, value >> 8);
  }

  void setU32(int at, int value) {
    setU16(at, value);
    setU16(at + 2, value >> 16);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }
}
