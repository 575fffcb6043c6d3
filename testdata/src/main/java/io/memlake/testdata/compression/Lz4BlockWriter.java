package io.memlake.testdata.compression;

/** Writes a raw LZ4 block: no frame, no sizes, as page stores of Windows 11 24H2 keep it. */
public final class Lz4BlockWriter {
  private static final int WINDOW = 0xFFFF;
  private static final int MIN_COPY = 4;

  /** The format demands that a block ends with literals, and that no copy starts near the end. */
  private static final int LAST_LITERALS = 5;

  private static final int LAST_COPY_START = 12;

  private final LittleEndianOutput output = new LittleEndianOutput();

  private Lz4BlockWriter() {}

  /** The block that decodes to {@code data}. */
  public static byte[] compress(byte[] data) {
    Lz4BlockWriter writer = new Lz4BlockWriter();
    MatchFinder finder = new MatchFinder(data, WINDOW);
    int literals = 0;
    int position = 0;
    while (position + LAST_COPY_START < data.length) {
      int length = finder.find(position, 0, data.length - LAST_LITERALS);
      if (length < MIN_COPY) {
        position++;
      } else {
        writer.sequence(data, literals, position - literals, finder.distance(), length);
        position += length;
        literals = position;
      }
    }
    writer.sequence(data, literals, data.length - literals, 0, 0);
    return writer.output.toByteArray();
  }

  private void sequence(byte[] data, int literals, int literalCount, int distance, int length) {
    int copyCode = length == 0 ? 0 : length - MIN_COPY;
    output.u8(Math.min(literalCount, 15) << 4 | Math.min(copyCode, 15));
    longCount(literalCount);
    output.bytes(data, literals, literalCount);
    if (length > 0) {
      output.u16(distance);
      longCount(copyCode);
    }
  }

  private void longCount(int count) {
    if (count < 15) {
      return;
    }
    int rest = count - 15;
    for (; rest >= 255; rest -= 255) {
      output.u8(255);
    }
    output.u8(rest);
  }
}
