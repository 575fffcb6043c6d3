package io.memlake.testdata.compression;

/**
 * Writes plain LZ77 (XPRESS, MS-XCA 2.3): flag words, literals, and copies out of the last 8 KiB.
 */
public final class XpressWriter {
  private static final int WINDOW = 8192;
  private static final int FLAGS_IN_WORD = 32;

  /** What the length bits, the nibble and the byte can say before a wider field is needed. */
  private static final int SHORT_LENGTHS = 7;

  private static final int NIBBLE_LENGTHS = 15;
  private static final int BYTE_LENGTHS = 255;

  private final LittleEndianOutput output = new LittleEndianOutput();
  private int flagsAt;
  private int flags;
  private int flagCount;
  private int nibbleAt = -1;

  private XpressWriter() {
    flagsAt = output.reserve(4);
  }

  /** The stream that decodes to {@code data}. */
  public static byte[] compress(byte[] data) {
    XpressWriter writer = new XpressWriter();
    MatchFinder finder = new MatchFinder(data, WINDOW);
    int position = 0;
    while (position < data.length) {
      int length = finder.find(position, 0, data.length);
      if (length == 0) {
        writer.literal(data[position++]);
      } else {
        writer.copy(finder.distance(), length);
        position += length;
      }
    }
    return writer.finish();
  }

  private void literal(byte value) {
    output.u8(value);
    flag(0);
  }

  private void copy(int distance, int length) {
    int rest = length - MatchFinder.MIN_LENGTH;
    output.u16((distance - 1) << 3 | Math.min(rest, SHORT_LENGTHS));
    if (rest >= SHORT_LENGTHS) {
      longLength(rest);
    }
    flag(1);
  }

  private void longLength(int lengthMinusThree) {
    int rest = lengthMinusThree - SHORT_LENGTHS;
    int nibble = Math.min(rest, NIBBLE_LENGTHS);
    if (nibbleAt < 0) {
      nibbleAt = output.reserve(1);
      output.setU8(nibbleAt, nibble);
    } else {
      output.setU8(nibbleAt, output.getU8(nibbleAt) | nibble << 4);
      nibbleAt = -1;
    }
    if (nibble < NIBBLE_LENGTHS) {
      return;
    }
    rest -= NIBBLE_LENGTHS;
    output.u8(Math.min(rest, BYTE_LENGTHS));
    if (rest < BYTE_LENGTHS) {
      return;
    }
    if (lengthMinusThree <= 0xFFFF) {
      output.u16(lengthMinusThree);
    } else {
      output.u16(0);
      output.u32(lengthMinusThree);
    }
  }

  private void flag(int bit) {
    flags = flags << 1 | bit;
    if (++flagCount == FLAGS_IN_WORD) {
      output.setU32(flagsAt, flags);
      flagsAt = output.reserve(4);
      flags = 0;
      flagCount = 0;
    }
  }

  /** Unused flags are ones: a copy without input is the end of the stream. */
  private byte[] finish() {
    int unused = FLAGS_IN_WORD - flagCount;
    long padded = ((long) flags << unused) | ((1L << unused) - 1);
    output.setU32(flagsAt, (int) padded);
    return output.toByteArray();
  }
}
