package io.memlake.jobs.cli;

/** Values inside of statements. */
final class SqlText {
  private SqlText() {}

  /** {@code value} as a literal of Spark SQL, whatever characters it holds. */
  static String literal(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
