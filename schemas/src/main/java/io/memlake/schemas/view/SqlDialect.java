package io.memlake.schemas.view;

/** SQL engines that read a lake. */
public enum SqlDialect {
  /** Spark SQL: names in backquotes, views live as long as the session. */
  SPARK('`', "CREATE OR REPLACE TEMPORARY VIEW"),
  /** DuckDB. */
  DUCKDB('"', "CREATE OR REPLACE VIEW"),
  /** Trino. */
  TRINO('"', "CREATE OR REPLACE VIEW");

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

  String createView() {
    return createView;
  }
}
