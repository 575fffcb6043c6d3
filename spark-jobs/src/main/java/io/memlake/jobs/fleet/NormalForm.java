package io.memlake.jobs.fleet;

import io.memlake.schemas.evidence.NormalName;

/** {@link NormalName} in the words of the query engines. */
public final class NormalForm {
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
    return NormalName.of(value);
  }

  private static String nested(String expression, String options) {
    String sql = "lower(replace(" + expression + ", chr(92), '/'))";
    for (NormalName.Step step : NormalName.steps()) {
      sql =
          "regexp_replace("
              + sql
              + ", '"
              + step.expression()
              + "', '"
              + step.replacement()
              + "'"
              + options
              + ")";
    }
    return sql;
  }
}
