package io.memlake.engine.objects.value;

import io.memlake.engine.bytes.Hex;

/**
 * Bytes that were taken for an object of some format are none. Ordinary for what is found in
 * memory, so it is checked and carries no stack trace.
 */
public final class MalformedObjectException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long offset;

  /**
   * Says what could not be read and why.
   *
   * @param what the object: its kind and the name of its file
   * @param offset bytes from the start of the object
   * @param reason what is wrong there, as the end of a sentence
   */
  public MalformedObjectException(String what, long offset, String reason) {
    super("Cannot read " + what + ": at " + Hex.address(offset) + " " + reason, null, false, false);
    this.offset = offset;
  }

  /** Bytes from the start of the object to what is wrong. */
  public long offset() {
    return offset;
  }
}
