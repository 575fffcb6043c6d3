package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Utf16;
import java.util.Arrays;

/**
 * The data of a value as one text.
 *
 * <p>Numbers are decimal, texts are as they stand without the NULs at their end, the texts of a
 * {@code REG_MULTI_SZ} are separated by {@code |}, everything else is upper-case hex digits. A NUL
 * inside a text, where a program may hide something, is written {@code \0}. Data that do not fit
 * their type are hex digits, too.
 *
 * @param text the text
 * @param cut whether the end was cut off at the limit
 */
public record ValueText(String text, boolean cut) {
  /** Characters that tables keep of a value. */
  public static final int MAX_CHARACTERS = 32_768;

  private static final char SEPARATOR = '|';

  /** Renders data of a type into at most {@code limit} characters. */
  public static ValueText of(int type, byte[] data, int limit) {
    return switch (type) {
      case ValueTypes.SZ, ValueTypes.EXPAND_SZ, ValueTypes.LINK ->
          (data.length & 1) == 0 ? bounded(string(data), limit) : hex(data, limit);
      case ValueTypes.MULTI_SZ ->
          (data.length & 1) == 0 ? bounded(strings(data), limit) : hex(data, limit);
      case ValueTypes.DWORD ->
          data.length == Integer.BYTES
              ? bounded(Long.toString(LittleEndian.u32(data, 0)), limit)
              : hex(data, limit);
      case ValueTypes.DWORD_BIG_ENDIAN ->
          data.length == Integer.BYTES
              ? bounded(
                  Integer.toUnsignedString(Integer.reverseBytes(LittleEndian.i32(data, 0))), limit)
              : hex(data, limit);
      case ValueTypes.QWORD ->
          data.length == Long.BYTES
              ? bounded(Long.toUnsignedString(LittleEndian.i64(data, 0)), limit)
              : hex(data, limit);
      default -> hex(data, limit);
    };
  }

  private static String string(byte[] data) {
    return withoutEnd(Utf16.text(data, 0, data.length)).replace("\0", "\\0");
  }

  private static String strings(byte[] data) {
    return withoutEnd(Utf16.text(data, 0, data.length)).replace('\0', SEPARATOR);
  }

  private static String withoutEnd(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == 0) {
      end--;
    }
    return text.substring(0, end);
  }

  private static ValueText hex(byte[] data, int limit) {
    int bytes = Math.min(data.length, limit / 2);
    return new ValueText(Hex.bytes(Arrays.copyOf(data, bytes)), bytes < data.length);
  }

  private static ValueText bounded(String text, int limit) {
    return text.length() <= limit
        ? new ValueText(text, false)
        : new ValueText(text.substring(0, limit), true);
  }
}
