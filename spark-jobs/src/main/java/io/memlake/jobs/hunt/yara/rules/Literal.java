package io.memlake.jobs.hunt.yara.rules;

import java.util.Arrays;

/**
 * Bytes that stand in memory wherever one string of a rule matches, unless another literal of the
 * same string does.
 */
final class Literal {
  /** Bytes that are compared; more would tell nothing new. */
  static final int MAX_BYTES = 48;

  private final byte[] bytes;
  private final boolean ignoreCase;

  /**
   * The first bytes of {@code all}.
   *
   * @param ignoreCase whether letters match in either case
   */
  Literal(byte[] all, boolean ignoreCase) {
    this.bytes = Arrays.copyOf(all, Math.min(all.length, MAX_BYTES));
    this.ignoreCase = ignoreCase;
  }

  /** The bytes; not to be changed. */
  byte[] bytes() {
    return bytes;
  }

  boolean ignoreCase() {
    return ignoreCase;
  }

  /** The same as UTF-16 text. */
  Literal wide() {
    byte[] wide = new byte[bytes.length * 2];
    for (int i = 0; i < bytes.length; i++) {
      wide[2 * i] = bytes[i];
    }
    return new Literal(wide, ignoreCase);
  }
}
