package io.memlake.engine.objects.value;

import io.memlake.engine.bytes.LittleEndian;
import java.util.Locale;

/** GUIDs in their mixed-endian stored form. */
public final class Guid {
  /** Bytes of a stored GUID. */
  public static final int SIZE = 16;

  private Guid() {}

  /** The 16 bytes at {@code offset} as 8-4-4-4-12 lower-case digits without braces. */
  public static String text(byte[] bytes, int offset) {
    return String.format(
        Locale.ROOT,
        "%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x",
        LittleEndian.i32(bytes, offset),
        LittleEndian.u16(bytes, offset + 4),
        LittleEndian.u16(bytes, offset + 6),
        bytes[offset + 8],
        bytes[offset + 9],
        bytes[offset + 10],
        bytes[offset + 11],
        bytes[offset + 12],
        bytes[offset + 13],
        bytes[offset + 14],
        bytes[offset + 15]);
  }
}
