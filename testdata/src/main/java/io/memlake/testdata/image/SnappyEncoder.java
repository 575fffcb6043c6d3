package io.memlake.testdata.image;

import java.io.ByteArrayOutputStream;

/**
 * A plain encoder of snappy blocks: literals, and copies where bytes repeat at a distance of one or
 * seven, which is what the pattern frames have.
 */
final class SnappyEncoder {
  private static final int[] DISTANCES = {1, 7};
  private static final int SHORTEST_COPY = 8;
  private static final int LONGEST_COPY = 64;
  private static final int LONGEST_LITERAL = 1 << 16;

  private SnappyEncoder() {}

  static byte[] encode(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int rest = plain.length; ; rest >>>= 7) {
      if (rest < 0x80) {
        out.write(rest);
        break;
      }
      out.write((rest & 0x7F) | 0x80);
    }
    int literal = 0;
    int at = 0;
    while (at < plain.length) {
      int distance = 0;
      int length = 0;
      for (int candidate : DISTANCES) {
        int same = same(plain, at, candidate);
        if (same > length) {
          length = same;
          distance = candidate;
        }
      }
      if (length < SHORTEST_COPY) {
        at++;
        continue;
      }
      literal(plain, literal, at, out);
      out.write(((length - 1) << 2) | 2);
      out.write(distance);
      out.write(0);
      at += length;
      literal = at;
    }
    literal(plain, literal, at, out);
    return out.toByteArray();
  }

  private static int same(byte[] plain, int at, int distance) {
    int length = 0;
    while (at >= distance
        && at + length < plain.length
        && length < LONGEST_COPY
        && plain[at + length] == plain[at + length - distance]) {
      length++;
    }
    return length;
  }

  private static void literal(byte[] plain, int from, int to, ByteArrayOutputStream out) {
    for (int at = from; at < to; at += LONGEST_LITERAL) {
      int length = Math.min(LONGEST_LITERAL, to - at);
      if (length <= 60) {
        out.write((length - 1) << 2);
      } else {
        out.write(61 << 2);
        out.write(length - 1);
        out.write((length - 1) >> 8);
      }
      out.write(plain, at, length);
    }
  }
}
