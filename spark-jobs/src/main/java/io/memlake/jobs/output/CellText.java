package io.memlake.jobs.output;

import io.memlake.engine.bytes.Hex;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as text, and text without the characters that a terminal would obey. */
public final class CellText {
  private CellText() {}

  /** A value as plain text; empty for null. */
  static String of(Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof byte[] bytes) {
      return Hex.bytes(bytes);
    }
    if (value instanceof List<?> list) {
      return list.stream().map(CellText::of).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> of(entry.getKey()) + "=" + of(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return value.toString();
  }

  /** A value of a column with its number format; see {@link #of}. */
  static String of(Object value, ResultColumn column) {
    return column.hex() && value instanceof Long number ? Hex.address(number) : of(value);
  }

  /**
   * {@code text} with every character that moves the cursor, changes colours or reverses the line
   * spelled as {@code \xNN} or {@code \}{@code uNNNN}. Names in memory may hold any of them.
   */
  public static String printable(String text) {
    StringBuilder safe = null;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      int length = Character.charCount(codePoint);
      if (obeyed(codePoint)) {
        if (safe == null) {
          safe = new StringBuilder(text.length() + 16).append(text, 0, at);
        }
        String form = codePoint < 0x100 ? "\\x%02x" : codePoint < 0x10000 ? "\\u%04x" : "\\U%08x";
        safe.append(String.format(form, codePoint));
      } else if (safe != null) {
        safe.appendCodePoint(codePoint);
      }
      at += length;
    }
    return safe == null ? text : safe.toString();
  }

  private static boolean obeyed(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }
}
