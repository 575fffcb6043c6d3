package io.memlake.engine.objects.text;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.paging.AddressSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The header of a {@code UNICODE_STRING}: it says where the text is, not what it is.
 *
 * @param length bytes of the text
 * @param buffer virtual address of its first character
 */
public record UnicodeString(int length, long buffer) {
  /** Bytes of the header in 64-bit structures. */
  public static final int SIZE = 16;

  /** Bytes of the header in 32-bit structures. */
  public static final int SIZE_32 = 8;

  private static final char REPLACEMENT = '\uFFFD';

  /** The header at {@code offset} of a 64-bit structure. */
  public static UnicodeString in(byte[] bytes, int offset) {
    return new UnicodeString(
        LittleEndian.u16(bytes, offset), LittleEndian.i64(bytes, offset + Long.BYTES));
  }

  /** The header at {@code offset} of a 32-bit structure. */
  public static UnicodeString in32(byte[] bytes, int offset) {
    return new UnicodeString(
        LittleEndian.u16(bytes, offset), LittleEndian.u32(bytes, offset + Integer.BYTES));
  }

  /** The header at {@code offset} of a structure whose addresses have {@code pointerSize} bytes. */
  public static UnicodeString in(byte[] bytes, int offset, int pointerSize) {
    return pointerSize == Long.BYTES ? in(bytes, offset) : in32(bytes, offset);
  }

  /** Bytes of the header in structures whose addresses have {@code pointerSize} bytes. */
  public static int size(int pointerSize) {
    return pointerSize == Long.BYTES ? SIZE : SIZE_32;
  }

  /**
   * Whether it can be a text at all: an even length, and an address when there is a length. The
   * length cannot exceed 64 KiB by its type.
   */
  public boolean plausible() {
    return (length & 1) == 0 && (length == 0 || buffer != 0);
  }

  /**
   * The text; halves of surrogate pairs, which no UTF-8 can hold, become U+FFFD, everything else
   * stays as it is.
   *
   * @return empty when a page of it is absent, the header is none, or nothing but zeros stands
   *     where the text should be: a page that was lost and filled
   */
  public Optional<String> read(AddressSpace space) throws IOException {
    if (!plausible()) {
      return Optional.empty();
    }
    return space
        .map(buffer, length)
        .filter(bytes -> length == 0 || !isZero(bytes))
        .map(bytes -> text(bytes, 0, bytes.length));
  }

  private static boolean isZero(byte[] bytes) {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** UTF-16 text of {@code length} bytes, mended as {@link #read} does. */
  public static String text(byte[] bytes, int offset, int length) {
    // The decoder of the JDK would swallow the character after a lone half as well.
    char[] characters = new char[length / Character.BYTES];
    for (int i = 0; i < characters.length; i++) {
      characters[i] = (char) LittleEndian.u16(bytes, offset + i * Character.BYTES);
    }
    for (int i = 0; i < characters.length; i++) {
      if (!Character.isSurrogate(characters[i])) {
        continue;
      }
      boolean pair =
          i + 1 < characters.length && Character.isSurrogatePair(characters[i], characters[i + 1]);
      if (pair) {
        i++;
      } else {
        characters[i] = REPLACEMENT;
      }
    }
    return new String(characters);
  }

  /** Bytes up to the first zero as Latin-1, the form of {@code EPROCESS.ImageFileName}. */
  public static String bytesToZero(byte[] bytes, int offset, int limit) {
    int end = offset;
    while (end < offset + limit && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, offset, end - offset, StandardCharsets.ISO_8859_1);
  }
}
