package io.memlake.engine.symbols.compact;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memlake.engine.symbols.CorruptSymbolsException;
import java.util.Arrays;

/** Reads the numbers and names of one section; never past its end. */
final class CompactInput {
  private static final int MAX_SHIFT = 63;

  private final String file;
  private final byte[] bytes;
  private int position;

  CompactInput(String file, byte[] bytes, int position) {
    this.file = file;
    this.bytes = bytes;
    this.position = position;
  }

  long number() throws CorruptSymbolsException {
    long value = 0;
    for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
      if (position >= bytes.length) {
        throw corrupt("it ends inside a number");
      }
      byte next = bytes[position++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw corrupt("a number is too long");
  }

  long signed() throws CorruptSymbolsException {
    long value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  /** A number from 0 to {@code limit}. */
  int count(int limit) throws CorruptSymbolsException {
    long value = number();
    if (value < 0 || value > limit) {
      throw corrupt("the number " + value + " should be at most " + limit);
    }
    return (int) value;
  }

  /** How many things follow that take at least one byte each. */
  int countOfFollowing() throws CorruptSymbolsException {
    return count(bytes.length - position);
  }

  int remaining() {
    return bytes.length - position;
  }

  /** A number below {@code size}, written as its distance from {@code previous}. */
  int index(int previous, int size) throws CorruptSymbolsException {
    long value = previous + signed();
    if (value < 0 || value >= size) {
      throw corrupt("the reference " + value + " points outside its " + size + " targets");
    }
    return (int) value;
  }

  byte[] bytes(int length) throws CorruptSymbolsException {
    if (length > bytes.length - position) {
      throw corrupt("it ends " + (length - (bytes.length - position)) + " bytes too early");
    }
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }

  String[] names() throws CorruptSymbolsException {
    long count = number();
    String text = new String(bytes(count(bytes.length)), UTF_8);
    String[] names = count == 0 ? new String[0] : text.split("\n", -1);
    if (names.length != count) {
      throw corrupt("it has " + names.length + " names instead of " + count);
    }
    return names;
  }

  CorruptSymbolsException corrupt(String reason) {
    return new CorruptSymbolsException(file, reason + " (compiled table, byte " + position + ")");
  }
}
