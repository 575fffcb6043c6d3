package io.memlake.engine.objects.value;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import java.util.Optional;

/** Security identifiers in their stored form. */
public final class Sid {
  /** A SID without sub-authorities. */
  public static final int MIN_SIZE = 8;

  private static final int REVISION = 1;

  /** {@code SID_MAX_SUB_AUTHORITIES}. */
  private static final int MAX_SUB_AUTHORITIES = 15;

  private Sid() {}

  /** Bytes of the SID at {@code offset}, or 0 when there is none within {@code length} bytes. */
  public static int size(byte[] bytes, int offset, int length) {
    if (length < MIN_SIZE || bytes[offset] != REVISION) {
      return 0;
    }
    int count = LittleEndian.u8(bytes, offset + 1);
    int size = MIN_SIZE + count * Integer.BYTES;
    return count <= MAX_SUB_AUTHORITIES && size <= length ? size : 0;
  }

  /**
   * The SID at {@code offset} as {@code S-1-5-21-…}; empty when the bytes are no SID of revision 1
   * or it does not fit into {@code length} bytes.
   */
  public static Optional<String> text(byte[] bytes, int offset, int length) {
    int size = size(bytes, offset, length);
    if (size == 0) {
      return Optional.empty();
    }
    long authority = 0;
    for (int i = 2; i < MIN_SIZE; i++) {
      authority = authority << Byte.SIZE | (bytes[offset + i] & 0xFF);
    }
    StringBuilder text = new StringBuilder("S-1-");
    // MS-DTYP 2.4.2.1: authorities of more than 32 bits are written in hexadecimal.
    text.append(
        authority >>> Integer.SIZE == 0 ? Long.toString(authority) : Hex.address(authority));
    for (int at = offset + MIN_SIZE; at < offset + size; at += Integer.BYTES) {
      text.append('-').append(LittleEndian.u32(bytes, at));
    }
    return Optional.of(text.toString());
  }
}
