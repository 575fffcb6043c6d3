package io.memlake.schemas.evidence;

import java.util.Locale;

/** Why a value is missing. Each reason means something else to an examiner. */
public enum Absence {
  /** The bytes are not in the evidence. */
  UNREADABLE,
  /** The bytes are there and make no sense. */
  UNPARSABLE,
  /** Windows has no such value here, for instance the PEB of System. */
  NOT_APPLICABLE,
  /** This build of Windows or its symbols do not offer the value. */
  NOT_AVAILABLE;

  /** The word in the tables, for instance {@code not_applicable}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
