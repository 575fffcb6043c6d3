package io.memlake.jobs.hunt.rule;

import java.util.Locale;
import java.util.Optional;

/** How bad a finding is; numbers as in the Detection Finding of OCSF. */
public enum Severity {
  /** Worth knowing. */
  INFORMATIONAL(1),
  /** Seen on clean hosts too. */
  LOW(2),
  /** Needs an explanation. */
  MEDIUM(3),
  /** Most likely an intrusion. */
  HIGH(4),
  /** Needs action now. */
  CRITICAL(5),
  /** Nothing of the host can be trusted. */
  FATAL(6);

  private final int number;

  Severity(int number) {
    this.number = number;
  }

  /** 1 to 6. */
  public int number() {
    return number;
  }

  /** The level of that name, in any case; {@code info} and {@code unknown} are informational. */
  public static Optional<Severity> of(String text) {
    String name = text == null ? "" : text.strip().toUpperCase(Locale.ROOT);
    if (name.equals("INFO") || name.equals("UNKNOWN") || name.equals("UNDEFINED")) {
      return Optional.of(INFORMATIONAL);
    }
    for (Severity severity : values()) {
      if (severity.name().equals(name)) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }

  /** The word in tables and on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
