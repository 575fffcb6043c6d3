package io.memlake.jobs.output;

import java.util.Locale;

/** Colours with a meaning, as the escape sequences that every terminal knows. */
public enum Paint {
  /** Worst. */
  CRITICAL("1;97;41"),
  /** Bad. */
  HIGH("1;31"),
  /** Worth a look. */
  MEDIUM("33"),
  /** Small, or well. */
  GOOD("32"),
  /** Beside the point. */
  DIM("2"),
  /** Headings. */
  BOLD("1"),
  /** As everything. */
  PLAIN("");

  private final String code;

  Paint(String code) {
    this.code = code;
  }

  /** The colour of a severity or of how something ended; {@link #PLAIN} for other words. */
  public static Paint of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "fatal", "critical" -> CRITICAL;
      case "high", "error", "failed" -> HIGH;
      case "medium", "warning", "partial", "poor" -> MEDIUM;
      case "low", "ok", "good" -> GOOD;
      case "informational", "info", "unchanged" -> DIM;
      default -> PLAIN;
    };
  }

  /** {@code text} in this colour. */
  public String on(String text) {
    return this == PLAIN || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
