package io.memlake.jobs.hunt.sigma;

import java.util.List;
import java.util.Locale;

/** Values of rules as literals and patterns of SQL; nothing of a rule is ever SQL itself. */
final class SigmaText {
  private SigmaText() {}

  /** A literal of Spark SQL, whatever characters it holds. */
  static String literal(String text) {
    StringBuilder literal = new StringBuilder("'");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> literal.append("\\\\");
        case '\'' -> literal.append("\\'");
        default -> {
          if (c < ' ') {
            literal.append(String.format("\\u%04x", (int) c));
          } else {
            literal.append(c);
          }
        }
      }
    }
    return literal.append('\'').toString();
  }

  /** {@code text} so that none of its characters is a wildcard of Sigma. */
  static String escape(String text) {
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("?", "\\?");
  }

  /** A comparison of a text with a value of Sigma: {@code *} and {@code ?} unless escaped. */
  static String like(String column, String value, List<String> modifiers) {
    boolean cased = modifiers.contains("cased");
    StringBuilder pattern = new StringBuilder();
    boolean wildcards = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      char next = i + 1 < value.length() ? value.charAt(i + 1) : 0;
      if (c == '\\' && (next == '*' || next == '?' || next == '\\')) {
        pattern.append(next);
        i++;
      } else if (c == '*' || c == '?') {
        pattern.append(c == '*' ? '%' : '_');
        wildcards = true;
      } else {
        if (c == '%' || c == '_' || c == '!') {
          pattern.append('!');
          wildcards = true;
        }
        pattern.append(c);
      }
    }
    boolean open = modifiers.contains("contains");
    boolean tail = open || modifiers.contains("startswith");
    boolean head = open || modifiers.contains("endswith") || modifiers.contains("base64offset");
    boolean offset = modifiers.contains("base64offset");
    String text = (head ? "%" : "") + pattern + (tail || offset ? "%" : "");
    String left = cased ? column : "lower(" + column + ")";
    String right = literal(cased ? text : text.toLowerCase(Locale.ROOT));
    boolean exact = !wildcards && !head && !tail && !offset;
    return exact
        ? "(" + left + " = " + right + ")"
        : "(" + left + " LIKE " + right + " ESCAPE '!')";
  }
}
