package io.memlake.engine.extract.minidump;

import io.memlake.engine.bytes.LittleEndian;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The part of a minidump before the memory: grows at the end, and is corrected in place. */
final class DumpBytes {
  /** Offsets have 32 bits; no list of modules and handles comes near this. */
  private static final int MAXIMUM = 1 << 29;

  private byte[] bytes = new byte[1 << 16];
  private int size;

  /** Bytes so far: the offset of what comes next. */
  int size() {
    return size;
  }

  /** Makes room for zeros and says where it begins. */
  int reserve(int count) {
    int at = size;
    if (count > MAXIMUM - size) {
      throw new IllegalStateException("A minidump has no room for " + count + " more bytes");
    }
    if (at + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(MAXIMUM, Math.max(at + count, bytes.length * 2)));
    }
    size = at + count;
    return at;
  }

  /** Moves on to a multiple of 8. */
  void align() {
    reserve(-size & 7);
  }

  void u16(int at, int value) {
    LittleEndian.putU16(bytes, at, value);
  }

  void u32(int at, long value) {
    LittleEndian.putI32(bytes, at, (int) value);
  }

  long u32At(int at) {
    return LittleEndian.u32(bytes, at);
  }

  void u64(int at, long value) {
    LittleEndian.putI64(bytes, at, value);
  }

  void put(int at, byte[] content) {
    System.arraycopy(content, 0, bytes, at, content.length);
  }

  /** Appends a counted UTF-16 text and says where it begins. */
  int text(String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_16LE);
    align();
    int at = reserve(Integer.BYTES + content.length + Character.BYTES);
    u32(at, content.length);
    put(at + Integer.BYTES, content);
    return at;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
  }
}
