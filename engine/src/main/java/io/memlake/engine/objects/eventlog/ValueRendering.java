package io.memlake.engine.objects.eventlog;

import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.FileTime;
import io.memlake.engine.objects.value.Guid;
import io.memlake.engine.objects.value.Sid;
import io.memlake.engine.objects.value.Utf16;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Values as the texts that Windows shows for them. */
final class ValueRendering {
  private static final Charset ANSI = Charset.forName("windows-1252");
  private static final int SYSTEM_TIME_SIZE = 16;

  private ValueRendering() {}

  /** The text of a value; the items of an array are separated by a space. */
  static String text(BinXmlValue value) {
    return value.isArray() ? String.join(" ", items(value)) : scalar(value);
  }

  /** The texts of the items of an array; one empty text when it has none. */
  static List<String> items(BinXmlValue value) {
    int type = value.type & ~BinXmlValue.ARRAY;
    byte[] bytes = value.chunk.bytes;
    int end = value.place + value.size;
    List<String> items = new ArrayList<>();
    int at = value.place;
    while (at < end) {
      int size = itemSize(type, bytes, at, end - at);
      items.add(one(type, bytes, at, size));
      at += size + (type == 0x01 ? Character.BYTES : type == 0x02 ? 1 : 0);
    }
    return items.isEmpty() ? List.of("") : items;
  }

  private static String scalar(BinXmlValue value) {
    return one(value.type, value.chunk.bytes, value.place, value.size);
  }

  /** Bytes of the item at a place; all that are left for types without a size of their own. */
  private static int itemSize(int type, byte[] bytes, int at, int left) {
    int size =
        switch (type) {
          case 0x01 -> Utf16.lengthUntilNul(bytes, at, left);
          case 0x02 -> ansiLength(bytes, at, left);
          case 0x03, 0x04 -> 1;
          case 0x05, 0x06 -> 2;
          case 0x07, 0x08, 0x0B, 0x0D, 0x14 -> 4;
          case 0x09, 0x0A, 0x0C, 0x11, 0x15 -> 8;
          case 0x0F, 0x12 -> 16;
          case 0x13 -> Sid.size(bytes, at, left);
          default -> left;
        };
    boolean text = type == 0x01 || type == 0x02;
    return size > left || (size == 0 && !text) ? left : size;
  }

  private static int ansiLength(byte[] bytes, int at, int left) {
    int length = 0;
    while (length < left && bytes[at + length] != 0) {
      length++;
    }
    return length;
  }

  private static String one(int type, byte[] bytes, int at, int size) {
    if (size == 0) {
      return "";
    }
    String text =
        switch (type) {
          case 0x01, 0x23 -> withoutNuls(Utf16.text(bytes, at, size));
          case 0x02 -> withoutNuls(new String(bytes, at, size, ANSI));
          case 0x03 -> size == 1 ? Integer.toString(bytes[at]) : null;
          case 0x04 -> size == 1 ? Integer.toString(LittleEndian.u8(bytes, at)) : null;
          case 0x05 -> size == 2 ? Short.toString((short) LittleEndian.u16(bytes, at)) : null;
          case 0x06 -> size == 2 ? Integer.toString(LittleEndian.u16(bytes, at)) : null;
          case 0x07 -> size == 4 ? Integer.toString(LittleEndian.i32(bytes, at)) : null;
          case 0x08 -> size == 4 ? Long.toString(LittleEndian.u32(bytes, at)) : null;
          case 0x09 -> size == 8 ? Long.toString(LittleEndian.i64(bytes, at)) : null;
          case 0x0A -> size == 8 ? Long.toUnsignedString(LittleEndian.i64(bytes, at)) : null;
          case 0x0B -> size == 4 ? number(Float.intBitsToFloat(LittleEndian.i32(bytes, at))) : null;
          case 0x0C ->
              size == 8 ? number(Double.longBitsToDouble(LittleEndian.i64(bytes, at))) : null;
          case 0x0D -> size == 4 ? Boolean.toString(LittleEndian.i32(bytes, at) != 0) : null;
          case 0x0F ->
              size == Guid.SIZE ? "{" + Guid.text(bytes, at).toUpperCase(Locale.ROOT) + "}" : null;
          case 0x10, 0x14, 0x15, 0x20 -> hexNumber(bytes, at, size);
          case 0x11 -> size == 8 ? fileTime(LittleEndian.i64(bytes, at)) : null;
          case 0x12 -> size == SYSTEM_TIME_SIZE ? systemTime(bytes, at) : null;
          case 0x13 -> Sid.text(bytes, at, size).orElse(null);
          default -> null;
        };
    // Binary, unknown types, and values whose size does not fit their type.
    return text != null ? text : Hex.bytes(Arrays.copyOfRange(bytes, at, at + size));
  }

  private static String withoutNuls(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == 0) {
      end--;
    }
    return text.substring(0, end);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String number(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e7f
        ? Long.toString((long) value)
        : Float.toString(value);
  }

  /** Windows shows the time 0 as what it is. */
  private static String fileTime(long time) {
    return time == 0 ? "1601-01-01T00:00:00.0000000Z" : time < 0 ? null : FileTime.text(time);
  }

  private static String hexNumber(byte[] bytes, int at, int size) {
    return switch (size) {
      case Integer.BYTES -> Hex.address(LittleEndian.u32(bytes, at));
      case Long.BYTES -> Hex.address(LittleEndian.i64(bytes, at));
      default -> null;
    };
  }

  private static String systemTime(byte[] bytes, int at) {
    return String.format(
        Locale.ROOT,
        "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ",
        LittleEndian.u16(bytes, at),
        LittleEndian.u16(bytes, at + 2),
        LittleEndian.u16(bytes, at + 6),
        LittleEndian.u16(bytes, at + 8),
        LittleEndian.u16(bytes, at + 10),
        LittleEndian.u16(bytes, at + 12),
        LittleEndian.u16(bytes, at + 14));
  }
}
