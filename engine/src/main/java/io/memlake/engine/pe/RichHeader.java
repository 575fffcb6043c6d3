package io.memlake.engine.pe;

import io.memlake.engine.bytes.LittleEndian;
import java.util.Optional;

/**
 * The record that Microsoft linkers leave between the DOS stub and the PE header: which tools made
 * which objects. It is masked with a key that stands behind its end mark.
 */
final class RichHeader {
  private static final int END = 'R' | 'i' << 8 | 'c' << 16 | 'h' << 24;
  private static final int START = 'D' | 'a' << 8 | 'n' << 16 | 'S' << 24;
  private static final int FIRST = 0x40;

  private RichHeader() {}

  /** MD5 of the unmasked record; empty when there is none. */
  static Optional<String> hash(byte[] header, int pe) {
    int last = Math.min(pe, header.length) - 2 * Integer.BYTES;
    for (int end = FIRST; end <= last; end += Integer.BYTES) {
      if (LittleEndian.i32(header, end) != END) {
        continue;
      }
      int key = LittleEndian.i32(header, end + Integer.BYTES);
      for (int start = end - Integer.BYTES; start >= FIRST; start -= Integer.BYTES) {
        if ((LittleEndian.i32(header, start) ^ key) == START) {
          return Optional.of(ImportTable.md5(unmasked(header, start, end, key)));
        }
      }
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static byte[] unmasked(byte[] header, int start, int end, int key) {
    byte[] bytes = new byte[end - start];
    for (int at = 0; at < bytes.length; at += Integer.BYTES) {
      LittleEndian.putI32(bytes, at, LittleEndian.i32(header, start + at) ^ key);
    }
    return bytes;
  }
}
