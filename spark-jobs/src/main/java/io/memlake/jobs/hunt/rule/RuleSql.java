package io.memlake.jobs.hunt.rule;

/**
 * The words in which a rule's query, written for Spark SQL, asks DuckDB the same. Both engines
 * answer alike as long as queries keep to what the golden cases of all rules prove.
 */
public final class RuleSql {
  private RuleSql() {}

  /** The query for DuckDB: other names of two functions, and text literals without escapes. */
  public static String duckDb(String query) {
    StringBuilder sql = new StringBuilder(query.length());
    int at = 0;
    while (at < query.length()) {
      int quote = query.indexOf('\'', at);
      int end = quote < 0 ? query.length() : quote;
      sql.append(functions(query.substring(at, end)));
      at = end;
      if (quote >= 0) {
        at = literal(query, quote, sql);
      }
    }
    return sql.toString();
  }

  private static String functions(String code) {
    return code.replace("regexp_like(", "regexp_matches(")
        .replace("array_join(", "array_to_string(");
  }

  /** Copies the literal at {@code quote} and tells where it ends. */
  private static int literal(String query, int quote, StringBuilder sql) {
    sql.append('\'');
    int at = quote + 1;
    while (at < query.length() && query.charAt(at) != '\'') {
      if (query.charAt(at) == '\\' && at + 1 < query.length()) {
        at++;
      }
      char c = query.charAt(at++);
      sql.append(c == '\'' ? "''" : String.valueOf(c));
    }
    sql.append('\'');
    return at + 1;
  }
}
