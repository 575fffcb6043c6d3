package io.memlake.engine.objects.shortcut;

import io.memlake.engine.objects.value.Utf16;
import java.nio.charset.Charset;

/** Texts that end at a NUL or at the end of their field. */
final class LinkText {
  private static final Charset ANSI = Charset.forName("windows-1252");

  private LinkText() {}

  /** Text in the code page of Western Windows; the link does not say which one it had. */
  static String ansi(byte[] bytes, int at, int room) {
    int length = 0;
    while (length < room && bytes[at + length] != 0) {
      length++;
    }
    return new String(bytes, at, length, ANSI);
  }

  /** All of a text without its end mark. */
  static String counted(byte[] bytes, int at, int length, boolean unicode) {
    return unicode ? Utf16.text(bytes, at, length) : new String(bytes, at, length, ANSI);
  }
}
