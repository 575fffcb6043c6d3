package io.memlake.engine.objects.ticket;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.MalformedObjectException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the elements of a DER encoding one after the other. */
final class DerReader {
  private static final int MAX_NUMBER = 8;

  private final String what;
  private final byte[] bytes;
  private final int end;
  private int at;

  DerReader(String what, byte[] bytes, int from, int end) {
    this.what = what;
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  boolean hasNext() {
    return at < end;
  }

  boolean isNext(int tag) {
    return at < end && LittleEndian.u8(bytes, at) == tag;
  }

  /** The content of the next element, which must have a tag. */
  DerReader enter(int tag) throws MalformedObjectException {
    if (!isNext(tag)) {
      throw new MalformedObjectException(
          what, at, String.format("the element 0x%02x is missing", tag));
    }
    int first = at + 1 < end ? LittleEndian.u8(bytes, at + 1) : 0xFF;
    int head = 2;
    long length = first;
    if (first >= 0x80) {
      int count = first & 0x7F;
      length = 0;
      head += count;
      if (count == 0 || count > 3 || at + head > end) {
        throw new MalformedObjectException(what, at, "the length cannot be read");
      }
      for (int i = 0; i < count; i++) {
        length = length << Byte.SIZE | LittleEndian.u8(bytes, at + 2 + i);
      }
    }
    if (at + head + length > end) {
      throw new MalformedObjectException(what, at, "the element is longer than what it is in");
    }
    DerReader content = new DerReader(what, bytes, at + head, (int) (at + head + length));
    at += head + (int) length;
    return content;
  }

  long number() throws MalformedObjectException {
    DerReader content = enter(0x02);
    int length = content.end - content.at;
    if (length == 0 || length > MAX_NUMBER) {
      throw new MalformedObjectException(what, at, "a number has " + length + " bytes");
    }
    long value = bytes[content.at];
    for (int i = 1; i < length; i++) {
      value = value << Byte.SIZE | LittleEndian.u8(bytes, content.at + i);
    }
    return value;
  }

  String text() throws MalformedObjectException {
    DerReader content = enter(0x1B);
    return new String(bytes, content.at, content.end - content.at, StandardCharsets.UTF_8);
  }

  /** Time as digits, such as 20240305130110Z. */
  String time() throws MalformedObjectException {
    DerReader content = enter(0x18);
    return new String(bytes, content.at, content.end - content.at, StandardCharsets.US_ASCII);
  }

  /** The bytes that are left. */
  byte[] rest() {
    return Arrays.copyOfRange(bytes, at, end);
  }

  int position() {
    return at;
  }
}
