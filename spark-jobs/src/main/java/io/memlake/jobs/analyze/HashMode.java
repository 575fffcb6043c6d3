package io.memlake.jobs.analyze;

import java.util.Locale;

/** How evidence is hashed, besides the fingerprint that every file gets. */
public enum HashMode {
  /** One SHA-256 of each file, as acquisition tools record it. No more than one core makes it. */
  FULL,
  /** SHA-256 of pieces of each file, made by as many cores as there are. */
  PIECES,
  /** None. */
  NONE;

  /** As the command line spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
