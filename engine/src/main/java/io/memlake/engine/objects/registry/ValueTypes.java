package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.Hex;
import java.util.List;

/** The types of registry values. */
public final class ValueTypes {
  /** No type. */
  public static final int NONE = 0;

  /** Text. */
  public static final int SZ = 1;

  /** Text with names of environment variables in it. */
  public static final int EXPAND_SZ = 2;

  /** Bytes. */
  public static final int BINARY = 3;

  /** A little-endian 32-bit number. */
  public static final int DWORD = 4;

  /** A big-endian 32-bit number. */
  public static final int DWORD_BIG_ENDIAN = 5;

  /** Target of a symbolic link, without a NUL at its end. */
  public static final int LINK = 6;

  /** Texts, each ended by NUL, with one more NUL at the end. */
  public static final int MULTI_SZ = 7;

  /** A little-endian 64-bit number. */
  public static final int QWORD = 11;

  private static final List<String> NAMES =
      List.of(
          "REG_NONE",
          "REG_SZ",
          "REG_EXPAND_SZ",
          "REG_BINARY",
          "REG_DWORD",
          "REG_DWORD_BIG_ENDIAN",
          "REG_LINK",
          "REG_MULTI_SZ",
          "REG_RESOURCE_LIST",
          "REG_FULL_RESOURCE_DESCRIPTOR",
          "REG_RESOURCE_REQUIREMENTS_LIST",
          "REG_QWORD");

  private ValueTypes() {}

  /**
   * The name in the Windows headers, or {@code REG_0x…} for other numbers: SAM abuses the field for
   * relative identifiers, device properties store their own types in it.
   */
  public static String name(int type) {
    return type >= 0 && type < NAMES.size()
        ? NAMES.get(type)
        : "REG_" + Hex.address(Integer.toUnsignedLong(type));
  }
}
