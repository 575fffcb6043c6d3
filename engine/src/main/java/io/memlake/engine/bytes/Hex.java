package io.memlake.engine.bytes;

import java.util.Locale;

/** How addresses and identifiers are spelled, everywhere. */
public final class Hex {
  private Hex() {}

  /** An address as {@code 0x} and lower-case digits, without leading zeros. */
  public static String address(long address) {
    return "0x" + Long.toHexString(address);
  }

  /** Bytes as upper-case digits, two a byte. */
  public static String bytes(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length * 2);
    for (byte b : bytes) {
      text.append(Character.forDigit((b >> 4) & 0xF, 16)).append(Character.forDigit(b & 0xF, 16));
    }
    return text.toString().toUpperCase(Locale.ROOT);
  }
}
