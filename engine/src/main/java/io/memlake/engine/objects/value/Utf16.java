package io.memlake.engine.objects.value;

import java.nio.charset.StandardCharsets;

/** UTF-16LE text out of byte arrays. Lone surrogates become U+FFFD. */
public final class Utf16 {
  private Utf16() {}

  /** All characters of {@code length} bytes; an odd last byte is left out. */
  public static String text(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length & ~1, StandardCharsets.UTF_16LE);
  }

  /** The characters before the first NUL, or all when there is none. */
  public static String untilNul(byte[] bytes, int offset, int length) {
    return text(bytes, offset, lengthUntilNul(bytes, offset, length));
  }

  /** Bytes before the first NUL character, or the even part of {@code length}. */
  public static int lengthUntilNul(byte[] bytes, int offset, int length) {
    int even = length & ~1;
    for (int at = 0; at < even; at += Character.BYTES) {
      if (bytes[offset + at] == 0 && bytes[offset + at + 1] == 0) {
        return at;
      }
    }
    return even;
  }
}
