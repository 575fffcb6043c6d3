package io.memlake.schemas.view;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL engines that read a lake. */
public enum SqlDialect {
  /** Spark SQL: names in backquotes, views live as long as the session. */
  SPARK('`', "CREATE OR REPLACE TEMPORARY VIEW"),
  /** DuckDB. */
  DUCKDB('"', "CREATE OR REPLACE VIEW"),
  /** Trino. */
  TRINO('"', "CREATE OR REPLACE VIEW");

  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  private final char quote;
  private final String createView;

  SqlDialect(char quote, String createView) {
    this.quote = quote;
    this.createView = createView;
  }

  /** A name with any characters, as this engine quotes it. */
  public String quoted(String name) {
    String mark = String.valueOf(quote);
    return mark + name.replace(mark, mark + mark) + mark;
  }

  /** SQL whose names in backquotes, which are words of some engine, this engine reads as names. */
  String text(String sql) {
    return NAME.matcher(sql).replaceAll(name -> Matcher.quoteReplacement(quoted(name.group(1))));
  }

  String createView() {
    return createView;
  }
}
