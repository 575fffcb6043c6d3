package io.memlake.testdata.compression;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes LZ77 with Huffman codes (XPRESS-Huffman, MS-XCA 2.1): a table of code lengths and a bit
 * stream for each 64 KiB of output.
 */
public final class XpressHuffmanWriter {
  private static final int BLOCK = 65536;
  private static final int WINDOW = 65535;
  private static final int END_OF_STREAM = 256;
  private static final int LONG_LENGTH = 15;

  private final LittleEndianOutput output = new LittleEndianOutput();
  private int word;
  private int freeBits;
  private int nextWordAt;
  private int afterNextWordAt;

  private XpressHuffmanWriter() {}

  /** Either a literal (distance 0) or a copy; {@code symbol} is what the Huffman code says. */
  private record Token(int symbol, int distance, int length) {}

  /** The stream that decodes to {@code data}. */
  public static byte[] compress(byte[] data) {
    XpressHuffmanWriter writer = new XpressHuffmanWriter();
    MatchFinder finder = new MatchFinder(data, WINDOW);
    int start = 0;
    do {
      int end = Math.min(start + BLOCK, data.length);
      writer.block(tokens(data, start, end, finder));
      start = end;
    } while (start < data.length);
    return writer.output.toByteArray();
  }

  private static List<Token> tokens(byte[] data, int start, int end, MatchFinder finder) {
    List<Token> tokens = new ArrayList<>();
    int position = start;
    while (position < end) {
      int length = finder.find(position, 0, end);
      if (length == 0) {
        tokens.add(new Token(data[position++] & 0xFF, 0, 0));
      } else {
        int distance = finder.distance();
        int distanceBits = 31 - Integer.numberOfLeadingZeros(distance);
        int lengthCode = Math.min(length - MatchFinder.MIN_LENGTH, LONG_LENGTH);
        tokens.add(new Token(256 + (distanceBits << 4 | lengthCode), distance, length));
        position += length;
      }
    }
    if (end == data.length) {
      tokens.add(new Token(END_OF_STREAM, 0, 0));
    }
    return tokens;
  }

  private void block(List<Token> tokens) {
    int[] counts = new int[HuffmanCode.SYMBOLS];
    tokens.forEach(token -> counts[token.symbol()]++);
    HuffmanCode code = HuffmanCode.of(counts);
    for (int symbol = 0; symbol < HuffmanCode.SYMBOLS; symbol += 2) {
      output.u8(code.length(symbol) | code.length(symbol + 1) << 4);
    }
    word = 0;
    freeBits = 16;
    nextWordAt = output.reserve(2);
    afterNextWordAt = output.reserve(2);
    for (Token token : tokens) {
      bits(code.length(token.symbol()), code.bits(token.symbol()));
      if (token.distance() > 0) {
        copy(token);
      }
    }
    output.setU16(nextWordAt, word << freeBits);
  }

  private void copy(Token token) {
    int rest = token.length() - MatchFinder.MIN_LENGTH;
    if (rest >= LONG_LENGTH) {
      output.u8(Math.min(rest - LONG_LENGTH, 255));
      if (rest - LONG_LENGTH >= 255) {
        if (rest <= 0xFFFF) {
          output.u16(rest);
        } else {
          output.u16(0);
          output.u32(rest);
        }
      }
    }
    int distanceBits = 31 - Integer.numberOfLeadingZeros(token.distance());
    bits(distanceBits, token.distance() - (1 << distanceBits));
  }

  /**
   * Decoders read 16-bit words two ahead of the bits they use, and length bytes from in between;
   * the writer therefore keeps the places of two words open.
   */
  private void bits(int count, int value) {
    if (count <= freeBits) {
      freeBits -= count;
      word = word << count | value;
      return;
    }
    int over = count - freeBits;
    output.setU16(nextWordAt, word << freeBits | value >> over);
    nextWordAt = afterNextWordAt;
    afterNextWordAt = output.reserve(2);
    freeBits = 16 - over;
    word = value & ((1 << over) - 1);
  }
}
