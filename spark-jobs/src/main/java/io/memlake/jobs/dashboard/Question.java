package io.memlake.jobs.dashboard;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The parameters of a request.
 *
 * @param values by name; of a name given twice the last counts
 */
record Question(Map<String, String> values) {
  private static final int MAX_LENGTH = 1 << 17;

  Question {
    values = new TreeMap<>(values);
  }

  /**
   * Reads the part after the question mark.
   *
   * @throws IllegalArgumentException when it is broken or too long
   */
  static Question of(URI uri) {
    String query = uri.getRawQuery();
    Map<String, String> values = new HashMap<>();
    if (query == null) {
      return new Question(values);
    }
    if (query.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("The request is too long");
    }
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        values.put(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1)));
      }
    }
    return new Question(values);
  }

  /** A parameter, or null. */
  String text(String name) {
    return values.get(name);
  }

  /**
   * The value of a parameter of a panel: text, or a number where the panel wants one.
   *
   * @throws IllegalArgumentException when a number is none
   */
  Object parameter(String name) {
    String text = values.get(name);
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return switch (name) {
        case "pid" -> Integer.valueOf(Integer.parseUnsignedInt(text));
        case "eprocess" ->
            text.startsWith("0x")
                ? Long.valueOf(Long.parseUnsignedLong(text.substring(2), 16))
                : Long.valueOf(text);
        default -> text;
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("Not a number: " + name + "=" + text, e);
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
