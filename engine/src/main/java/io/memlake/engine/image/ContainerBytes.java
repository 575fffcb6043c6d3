package io.memlake.engine.image;

import io.memlake.engine.bytes.ByteSource;
import java.io.IOException;
import java.util.Arrays;

/** Reads the parts of a container that its reader needs: headers, tables, records. */
public final class ContainerBytes {
  private ContainerBytes() {}

  /**
   * Exactly {@code length} bytes.
   *
   * @param what names the part for the error, for instance {@code the dump header}
   * @throws CorruptImageException when the file ends inside
   */
  public static byte[] read(ByteSource file, long position, int length, String what)
      throws IOException {
    if (position < 0 || position > file.size() - length) {
      throw new CorruptImageException(
          file.name(),
          position,
          "the file of " + file.size() + " bytes ends inside or before " + what);
    }
    byte[] bytes = new byte[length];
    if (file.read(position, bytes, 0, length) != length) {
      throw new CorruptImageException(file.name(), position, "the file shrank while it was read");
    }
    return bytes;
  }

  /** Up to {@code length} bytes; fewer when the file ends before. */
  public static byte[] readUpTo(ByteSource file, long position, int length) throws IOException {
    byte[] bytes = new byte[(int) Math.max(0, Math.min(length, file.size() - position))];
    int count = file.read(position, bytes, 0, bytes.length);
    return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
  }

  /** Whether {@code bytes} hold the ASCII characters of {@code text} at {@code offset}. */
  public static boolean holds(byte[] bytes, int offset, String text) {
    if (offset < 0 || offset > bytes.length - text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ((bytes[offset + i] & 0xFF) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
