package io.memlake.jobs.query;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement whose {@code :name} marks became question marks. Marks inside quoted text are text.
 *
 * @param positional the statement with {@code ?}
 * @param names the name behind each {@code ?}, in order
 */
public record NamedSql(String positional, List<String> names) {

  /** Copies the list, so that the statement stays as it is. */
  public NamedSql {
    names = List.copyOf(names);
  }

  /** Finds the marks of a statement. */
  public static NamedSql parse(String sql) {
    StringBuilder positional = new StringBuilder(sql.length());
    List<String> names = new ArrayList<>();
    boolean quoted = false;
    for (int at = 0; at < sql.length(); at++) {
      char c = sql.charAt(at);
      quoted ^= c == '\'';
      int end = at + 1;
      if (!quoted && c == ':') {
        while (end < sql.length() && isNamePart(sql.charAt(end))) {
          end++;
        }
      }
      if (end > at + 1) {
        names.add(sql.substring(at + 1, end));
        positional.append('?');
        at = end - 1;
      } else {
        positional.append(c);
      }
    }
    return new NamedSql(positional.toString(), names);
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z') || c == '_';
  }
}
