package io.memlake.jobs.hunt.rule;

import java.util.Map;

/**
 * The few expressions that queries share: {@code @path(x)} lower case with slashes, {@code @hex(x)}
 * an address, {@code @va(pid, x)} and {@code @kva(x)} forensic paths.
 */
public final class QueryMacros {
  private static final Map<String, String> BODIES =
      Map.of(
          "path", "lower(replace($1, chr(92), '/'))",
          "hex", "'0x' || lower(hex($1))",
          "kva", "'kernel:va:0x' || lower(hex($1))",
          "va", "'pid:' || CAST($1 AS STRING) || ':va:0x' || lower(hex($2))");

  private QueryMacros() {}

  /**
   * {@code query} without macros.
   *
   * @throws IllegalArgumentException when a macro is unknown or not closed
   */
  public static String expand(String query) {
    int at = query.indexOf('@');
    if (at < 0) {
      return query;
    }
    int open = query.indexOf('(', at);
    String name = open < 0 ? "" : query.substring(at + 1, open);
    String body = BODIES.get(name);
    if (body == null) {
      throw new IllegalArgumentException("no such macro: @" + name);
    }
    int close = closing(query, open);
    String arguments = expand(query.substring(open + 1, close));
    int comma = body.contains("$2") ? arguments.indexOf(',') : -1;
    String first = comma < 0 ? arguments : arguments.substring(0, comma);
    String second = comma < 0 ? "" : arguments.substring(comma + 1).strip();
    String expanded = body.replace("$1", first).replace("$2", second);
    return query.substring(0, at) + "(" + expanded + ")" + expand(query.substring(close + 1));
  }

  private static int closing(String query, int open) {
    int depth = 0;
    for (int i = open; i < query.length(); i++) {
      char c = query.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("a macro is not closed: " + query.substring(open));
  }
}
