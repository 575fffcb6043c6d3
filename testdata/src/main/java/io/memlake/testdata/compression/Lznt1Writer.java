package io.memlake.testdata.compression;

/** Writes LZNT1 (MS-XCA 2.5): chunks of at most 4 KiB of output, each for itself. */
public final class Lznt1Writer {
  private static final int CHUNK = 4096;
  private static final int SIGNATURE = 3 << 12;
  private static final int COMPRESSED = 1 << 15;

  private Lznt1Writer() {}

  /** The stream that decodes to {@code data}, with the two zero bytes that end it. */
  public static byte[] compress(byte[] data) {
    LittleEndianOutput output = new LittleEndianOutput();
    MatchFinder finder = new MatchFinder(data, CHUNK);
    for (int start = 0; start < data.length; start += CHUNK) {
      int end = Math.min(start + CHUNK, data.length);
      byte[] body = compressChunk(data, start, end, finder);
      if (body.length < end - start) {
        output.u16(COMPRESSED | SIGNATURE | (body.length - 1));
        output.bytes(body, 0, body.length);
      } else {
        output.u16(SIGNATURE | (end - start - 1));
        output.bytes(data, start, end - start);
      }
    }
    output.u16(0);
    return output.toByteArray();
  }

  private static byte[] compressChunk(byte[] data, int start, int end, MatchFinder finder) {
    LittleEndianOutput output = new LittleEndianOutput();
    int flagsAt = 0;
    int position = start;
    for (int token = 0; position < end; token++) {
      int bit = token & 7;
      if (bit == 0) {
        flagsAt = output.reserve(1);
      }
      int lengthBits = lengthBits(position - start);
      int longest = Math.min(end, position + (1 << lengthBits) + 2);
      int length = position == start ? 0 : finder.find(position, start, longest);
      if (length == 0) {
        output.u8(data[position++]);
      } else {
        output.u16((finder.distance() - 1) << lengthBits | (length - MatchFinder.MIN_LENGTH));
        output.setU8(flagsAt, output.getU8(flagsAt) | 1 << bit);
        position += length;
      }
    }
    return output.toByteArray();
  }

  /** A token has 16 bits; the distance takes as many as the chunk so far can need, at least 4. */
  private static int lengthBits(int produced) {
    int distanceBits = 4;
    while (1 << distanceBits < produced) {
      distanceBits++;
    }
    return 16 - distanceBits;
  }
}
