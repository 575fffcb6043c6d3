package io.memlake.jobs.fleet;

import java.util.List;

/**
 * Values without what differs from host to host and means nothing: user names, devices, SIDs,
 * GUIDs, versions, names that a program made up.
 */
public final class NormalForm {
  /** Expression and what stands for it; both understood by Java and by RE2. */
  private static final List<String[]> STEPS =
      List.of(
          new String[] {"^(/[?][?]/|//[?]/)", ""},
          new String[] {"^/device/harddiskvolume[0-9]+", "c:"},
          new String[] {"^/?(systemroot|%systemroot%|%windir%)/", "c:/windows/"},
          new String[] {"/users/[^/]+/", "/users/*/"},
          new String[] {"s-1-5-21-[0-9]+-[0-9]+-[0-9]+", "s-1-5-21-*"},
          new String[] {
            "[{]?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}[}]?", "{guid}"
          },
          new String[] {"/[0-9]+([.][0-9]+){2,}(_[^/]*)?/", "/*/"},
          new String[] {"[0-9a-f]{16,}", "*"},
          new String[] {"/[~]?[a-z]{0,3}[0-9a-f]{3,8}[.]tmp", "/*.tmp"});

  private NormalForm() {}

  /** Spark SQL for the normal form of a text. */
  public static String spark(String expression) {
    return nested(expression, "");
  }

  /** DuckDB's SQL for the same. */
  public static String duckDb(String expression) {
    return nested(expression, ", 'g'");
  }

  /** The normal form of a text. */
  public static String of(String value) {
    String text = value.toLowerCase(java.util.Locale.ROOT).replace('\\', '/');
    for (String[] step : STEPS) {
      text = text.replaceAll(step[0], java.util.regex.Matcher.quoteReplacement(step[1]));
    }
    return text;
  }

  private static String nested(String expression, String options) {
    String sql = "lower(replace(" + expression + ", chr(92), '/'))";
    for (String[] step : STEPS) {
      sql = "regexp_replace(" + sql + ", '" + step[0] + "', '" + step[1] + "'" + options + ")";
    }
    return sql;
  }
}
