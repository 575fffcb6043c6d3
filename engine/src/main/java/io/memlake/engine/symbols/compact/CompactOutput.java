package io.memlake.engine.symbols.compact;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Collection;

/** Writes what {@link CompactInput} reads. */
final class CompactOutput {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** An unsigned number. */
  void number(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** A number with a sign, small when near zero. */
  void signed(long value) {
    number((value << 1) ^ (value >> 63));
  }

  void bytes(byte[] value) {
    out.writeBytes(value);
  }

  /** Names in one block, so that they pack well; none may hold a line feed. */
  void names(Collection<String> names) {
    for (String name : names) {
      if (name.indexOf('\n') >= 0) {
        throw new IllegalArgumentException("A name with a line feed cannot be stored: " + name);
      }
    }
    byte[] text = String.join("\n", names).getBytes(UTF_8);
    number(names.size());
    number(text.length);
    bytes(text);
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
