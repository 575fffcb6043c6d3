package io.memlake.jobs.lake;

/**
 * A case or host name as the value of a Hive partition folder. ASCII characters that file systems,
 * URIs or Hive treat specially become {@code %XX}, others stay: that is what Spark, DuckDB and
 * Trino turn back.
 */
final class PartitionName {
  private static final String KEPT = "-_.+@,()~ ";

  private PartitionName() {}

  static String escape(String value) {
    StringBuilder escaped = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= 0x80 || Character.isLetterOrDigit(c) || KEPT.indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append('%').append(hexDigit(c >> 4)).append(hexDigit(c & 0xF));
      }
    }
    return escaped.toString();
  }

  private static char hexDigit(int value) {
    return Character.toUpperCase(Character.forDigit(value, 16));
  }
}
