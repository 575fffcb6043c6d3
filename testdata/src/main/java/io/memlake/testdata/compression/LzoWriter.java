package io.memlake.testdata.compression;

import java.io.ByteArrayOutputStream;

/**
 * Writes LZO1X in a plain way: runs of literals and copies of at least four bytes, which take the
 * two-byte, the short-distance and the far form by their distance and length.
 */
public final class LzoWriter {
  private static final int WINDOW = 0xBFFF;
  private static final int NEAR = 2048;
  private static final int MIDDLE = 16384;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final byte[] data;

  private LzoWriter(byte[] data) {
    this.data = data;
  }

  /** The stream that decodes to {@code data}. */
  public static byte[] compress(byte[] data) {
    return new LzoWriter(data).write();
  }

  private byte[] write() {
    MatchFinder finder = new MatchFinder(data, WINDOW);
    int literals = 0;
    int at = 0;
    boolean first = true;
    while (at < data.length) {
      // A copy must have a token of literals before it that is no copy's tail of one to three.
      int length =
          at - literals >= 4 || (!first && at == literals) ? finder.find(at, 0, data.length) : 0;
      if (length < 4) {
        at++;
        continue;
      }
      literals(literals, at, first);
      first = false;
      copy(finder.distance(), length);
      at += length;
      literals = at;
    }
    literals(literals, at, first);
    out.write(0x11);
    out.write(0);
    out.write(0);
    return out.toByteArray();
  }

  private void literals(int from, int to, boolean first) {
    int count = to - from;
    if (count == 0) {
      return;
    }
    if (first && count <= 238) {
      out.write(count + 17);
    } else if (count <= 3) {
      // They ride on the copy before, in its two lowest bits.
      byte[] bytes = out.toByteArray();
      int place = bytes.length - 2;
      bytes[place] |= (byte) count;
      out.reset();
      out.writeBytes(bytes);
    } else {
      length(0, count - 3, 15);
    }
    out.write(data, from, count);
  }

  private void copy(int distance, int length) {
    if (distance <= NEAR && length <= 8) {
      int far = distance - 1;
      int token = length <= 4 ? 0x40 | (length - 3) << 5 : 0x80 | (length - 5) << 5;
      out.write(token | (far & 7) << 2);
      out.write(far >>> 3);
    } else if (distance <= MIDDLE) {
      length(0x20, length - 2, 31);
      word((distance - 1) << 2);
    } else {
      int far = distance - MIDDLE;
      length(0x10 | (far >>> 14 & 1) << 3, length - 2, 7);
      word((far & 0x3FFF) << 2);
    }
  }

  private void length(int token, int length, int longest) {
    if (length <= longest) {
      out.write(token | length);
      return;
    }
    out.write(token);
    int rest = length - longest;
    while (rest > 255) {
      out.write(0);
      rest -= 255;
    }
    out.write(rest);
  }

  private void word(int value) {
    out.write(value);
    out.write(value >>> 8);
  }
}
