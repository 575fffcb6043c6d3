package io.memlake.jobs.timeline;

import java.nio.charset.StandardCharsets;

/** The longest text that the index behind Timesketch takes: 32,766 bytes of UTF-8. */
final class FieldLimit {
  static final int BYTES = 32_766;
  private static final int BYTES_OF_A_CHARACTER = 3;

  private FieldLimit() {}

  /** The text, cut between characters where it is longer. */
  static String cut(String text) {
    if (text.length() <= BYTES / BYTES_OF_A_CHARACTER
        || text.getBytes(StandardCharsets.UTF_8).length <= BYTES) {
      return text;
    }
    int bytes = 0;
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      if (bytes > BYTES) {
        break;
      }
      at += Character.charCount(point);
    }
    return text.substring(0, at);
  }
}
