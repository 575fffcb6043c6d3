package io.memlake.engine.artifacts.secret;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.objects.value.Utf16;
import java.util.Locale;
import java.util.Optional;

/** Secrets as text. */
final class SecretText {
  private static final char FIRST_PRINTABLE = 0x20;
  private static final char REPLACEMENT = 0xFFFD;

  private SecretText() {}

  static String hex(byte[] bytes) {
    return Hex.bytes(bytes).toLowerCase(Locale.ROOT);
  }

  /** UTF-16 text, if all of it is printable. */
  static Optional<String> utf16(byte[] bytes) {
    if (bytes.length < 2 || (bytes.length & 1) != 0) {
      return Optional.empty();
    }
    String text = Utf16.untilNul(bytes, 0, bytes.length);
    boolean printable =
        !text.isEmpty() && text.chars().allMatch(c -> c >= FIRST_PRINTABLE && c != REPLACEMENT);
    // Random bytes are some script or other: a text of one keeps to few pages of characters.
    long pages = text.chars().map(c -> c >> 8).distinct().count();
    return printable && pages <= 2 ? Optional.of(text) : Optional.empty();
  }
}
