package io.memlake.jobs.doctor;

import java.util.Locale;

/**
 * One line of a report.
 *
 * @param level how bad it is
 * @param what what was looked at
 * @param text what was found
 */
public record Finding(Level level, String what, String text) {

  static Finding ok(String what, String text) {
    return new Finding(Level.OK, what, text);
  }

  static Finding warning(String what, String text) {
    return new Finding(Level.WARNING, what, text);
  }

  static Finding problem(String what, String text) {
    return new Finding(Level.PROBLEM, what, text);
  }

  /** How bad a finding is. */
  public enum Level {
    /** As it should be. */
    OK,
    /** Works, but not at its best. */
    WARNING,
    /** Stands in the way. */
    PROBLEM;

    /** As reports spell it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
