package io.memlake.testdata.trace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Little-endian bytes that grow at their end and can be set at any place. */
final class TraceBytes {
  private ByteBuffer bytes = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
  private int size;

  int size() {
    return size;
  }

  private int grow(int count) {
    int at = size;
    size += count;
    if (size > bytes.capacity()) {
      byte[] larger = Arrays.copyOf(bytes.array(), Math.max(size, bytes.capacity() * 2));
      bytes = ByteBuffer.wrap(larger).order(ByteOrder.LITTLE_ENDIAN);
    }
    return at;
  }

  TraceBytes u8(int value) {
    int at = grow(1);
    bytes.put(at, (byte) value);
    return this;
  }

  TraceBytes u16(int value) {
    int at = grow(Short.BYTES);
    bytes.putShort(at, (short) value);
    return this;
  }

  TraceBytes u32(long value) {
    int at = grow(Integer.BYTES);
    bytes.putInt(at, (int) value);
    return this;
  }

  TraceBytes u64(long value) {
    int at = grow(Long.BYTES);
    bytes.putLong(at, value);
    return this;
  }

  TraceBytes add(byte[] added) {
    int at = grow(added.length);
    System.arraycopy(added, 0, bytes.array(), at, added.length);
    return this;
  }

  TraceBytes ascii(String text) {
    return add(text.getBytes(StandardCharsets.US_ASCII));
  }

  TraceBytes utf16(String text) {
    return add(text.getBytes(StandardCharsets.UTF_16LE));
  }

  /** Zeros up to a size. */
  TraceBytes padTo(int end) {
    grow(Math.max(0, end - size));
    return this;
  }

  TraceBytes set16(int at, int value) {
    bytes.putShort(at, (short) value);
    return this;
  }

  TraceBytes set32(int at, long value) {
    bytes.putInt(at, (int) value);
    return this;
  }

  TraceBytes set64(int at, long value) {
    bytes.putLong(at, value);
    return this;
  }

  int get16(int at) {
    return bytes.getShort(at) & 0xFFFF;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes.array(), size);
  }
}
