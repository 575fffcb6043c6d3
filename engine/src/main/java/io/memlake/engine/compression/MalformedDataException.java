package io.memlake.engine.compression;

import io.memlake.engine.bytes.Hex;

/**
 * The input is not a stream of the algorithm. An ordinary answer for bytes out of a damaged image,
 * so it is checked, is no {@code IOException} (no medium failed), and carries no stack trace:
 * choosing a layout by trial makes thousands of them.
 */
public final class MalformedDataException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;

  /**
   * Says where and why decoding ended.
   *
   * @param algorithm name of the decompressor
   * @param offset bytes from the start of the input range
   * @param reason what is wrong there, as the end of a sentence
   */
  public MalformedDataException(String algorithm, int offset, String reason) {
    super(
        "Malformed " + algorithm + " data at " + Hex.address(offset) + ": " + reason,
        null,
        false,
        false);
    this.offset = offset;
  }

  /** The stream is well-formed but gives fewer bytes than its container promises. */
  public static MalformedDataException tooShort(
      String algorithm, int offset, int decoded, int expected) {
    return new MalformedDataException(
        algorithm, offset, "the stream ends after " + decoded + " of " + expected + " bytes");
  }

  /** Bytes from the start of the input range to the token that cannot be decoded. */
  public int offset() {
    return offset;
  }
}
