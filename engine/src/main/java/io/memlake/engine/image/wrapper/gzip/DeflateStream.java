package io.memlake.engine.image.wrapper.gzip;

import java.io.IOException;
import java.util.Arrays;

/**
 * Decodes deflate (RFC 1951) in steps, and can begin again at any symbol: from the header of its
 * block, which gives the codes, and the place of the symbol.
 *
 * <pre>
 * stream = { block }
 * block  = 1 bit last, 2 bits kind, body
 * kind   = 0 stored (u16 length, its complement, bytes) | 1 fixed codes | 2 codes in the block
 * </pre>
 */
final class DeflateStream {
  /** A copy of this length may be made behind the limit that a step was given. */
  static final int MAX_COPY = 258;

  /** How far back copies reach. */
  static final int WINDOW = 1 << 15;

  private static final int END_OF_BLOCK = 256;
  private static final int FIRST_LENGTH = 257;
  private static final int MAX_LITERALS = 286;
  private static final int MAX_DISTANCES = 30;
  private static final byte[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };
  private static final int[] LENGTHS = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258
  };
  private static final int[] LENGTH_BITS = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };
  private static final int[] DISTANCES = {
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577
  };

  private final BitReader in;
  private final HuffmanCode literals = new HuffmanCode(288);
  private final HuffmanCode distances = new HuffmanCode(32);
  private final HuffmanCode lengthCode = new HuffmanCode(19);
  private final byte[] lengths = new byte[320];

  private long blockStart;
  private boolean inBlock;
  private boolean lastBlock;
  private boolean storedBlock;
  private int storedLeft;
  private int reached;

  DeflateStream(BitReader in) {
    this.in = in;
  }

  /** Begins a stream where the bits stand. */
  void begin() {
    inBlock = false;
    lastBlock = false;
    blockStart = in.position();
  }

  /** Continues at {@code symbol}, a bit inside the block that begins at the bit {@code block}. */
  void resume(long block, long symbol) throws IOException {
    in.seek(block);
    begin();
    if (symbol > block) {
      header();
      if (storedBlock) {
        storedLeft -= (int) ((symbol - in.position()) >>> 3);
      }
      in.seek(symbol);
    }
  }

  /** The bit at which the block of the next symbol begins. */
  long blockStart() {
    return inBlock ? blockStart : in.position();
  }

  /** The bit of the next symbol. */
  long position() {
    return in.position();
  }

  /** Whether all was decoded; the bits then stand behind the last block. */
  boolean ended() {
    return lastBlock && !inBlock;
  }

  /** Where decoding stopped, also when it did so with an error. */
  int reached() {
    return reached;
  }

  /**
   * Decodes until {@code limit} is reached or the stream ends.
   *
   * @param out what was decoded before is in it; has room for {@link #MAX_COPY} bytes behind the
   *     limit
   * @param from where to go on
   * @param history the first byte that copies may reach
   * @param use what notes copies from before a restart point, or null
   * @return where decoding stopped
   */
  int decode(byte[] out, int from, int limit, int history, WindowUse use) throws IOException {
    reached = from;
    while (reached < limit && !ended()) {
      if (!inBlock) {
        blockStart = in.position();
        header();
      }
      if (storedBlock) {
        int part = Math.min(storedLeft, limit - reached);
        in.copy(out, reached, part);
        reached += part;
        storedLeft -= part;
        inBlock = storedLeft > 0;
      } else {
        decodeCodes(out, limit, history, use);
      }
    }
    return reached;
  }

  private void decodeCodes(byte[] out, int limit, int history, WindowUse use) throws IOException {
    int at = reached;
    while (at < limit) {
      in.fill();
      int entry = literals.find(in.peek());
      in.drop(entry & HuffmanCode.LENGTH_MASK);
      int symbol = entry >>> HuffmanCode.LENGTH_BITS;
      if (entry != 0 && symbol < END_OF_BLOCK) {
        out[at++] = (byte) symbol;
        continue;
      }
      reached = at;
      if (entry == 0) {
        throw in.corrupt("a code of no symbol");
      }
      if (symbol == END_OF_BLOCK) {
        inBlock = false;
        return;
      }
      int length = length(symbol - FIRST_LENGTH);
      int source = at - distance();
      if (source < history) {
        throw in.corrupt("a copy that starts before the data");
      }
      if (use != null) {
        use.note(source, length);
      }
      copy(out, source, at, length);
      at += length;
    }
    reached = at;
  }

  private int length(int number) throws IOException {
    if (number >= LENGTHS.length) {
      throw in.corrupt("a copy of impossible length");
    }
    int length = LENGTHS[number] + ((int) in.peek() & ((1 << LENGTH_BITS[number]) - 1));
    in.drop(LENGTH_BITS[number]);
    return length;
  }

  private int distance() throws IOException {
    int entry = distances.find(in.peek());
    int number = entry >>> HuffmanCode.LENGTH_BITS;
    if (entry == 0 || number >= MAX_DISTANCES) {
      throw in.corrupt("a copy of impossible distance");
    }
    in.drop(entry & HuffmanCode.LENGTH_MASK);
    int extra = number < 2 ? 0 : (number >>> 1) - 1;
    int distance = DISTANCES[number] + ((int) in.peek() & ((1 << extra) - 1));
    in.drop(extra);
    return distance;
  }

  private static void copy(byte[] out, int source, int at, int length) {
    if (at - source >= length) {
      System.arraycopy(out, source, out, at, length);
    } else if (at - source == 1) {
      Arrays.fill(out, at, at + length, out[source]);
    } else {
      for (int i = 0; i < length; i++) {
        out[at + i] = out[source + i];
      }
    }
  }

  private void header() throws IOException {
    lastBlock = in.take(1) == 1;
    int kind = in.take(2);
    storedBlock = kind == 0;
    inBlock = true;
    switch (kind) {
      case 0 -> storedHeader();
      case 1 -> fixedCodes();
      case 2 -> codesInBlock();
      default -> throw in.corrupt("a block of impossible kind");
    }
  }

  private void storedHeader() throws IOException {
    in.align();
    int length = in.take(16);
    if (in.take(16) != (~length & 0xFFFF)) {
      throw in.corrupt("a stored block whose length is not confirmed");
    }
    storedLeft = length;
    inBlock = length > 0;
  }

  private void fixedCodes() {
    Arrays.fill(lengths, 0, 144, (byte) 8);
    Arrays.fill(lengths, 144, 256, (byte) 9);
    Arrays.fill(lengths, 256, 280, (byte) 7);
    Arrays.fill(lengths, 280, 288, (byte) 8);
    literals.build(lengths, 0, 288);
    Arrays.fill(lengths, 0, 32, (byte) 5);
    distances.build(lengths, 0, 32);
  }

  private void codesInBlock() throws IOException {
    int literalCount = in.take(5) + 257;
    int distanceCount = in.take(5) + 1;
    int orderCount = in.take(4) + 4;
    if (literalCount > MAX_LITERALS || distanceCount > MAX_DISTANCES) {
      throw in.corrupt("a block with too many codes");
    }
    Arrays.fill(lengths, 0, ORDER.length, (byte) 0);
    for (int i = 0; i < orderCount; i++) {
      lengths[ORDER[i]] = (byte) in.take(3);
    }
    if (!lengthCode.build(lengths, 0, ORDER.length)) {
      throw in.corrupt("a block whose code lengths make no code");
    }
    codeLengths(literalCount + distanceCount);
    if (lengths[END_OF_BLOCK] == 0
        || !literals.build(lengths, 0, literalCount)
        || !distances.build(lengths, literalCount, distanceCount)) {
      throw in.corrupt("a block whose code lengths make no code");
    }
  }

  private void codeLengths(int wanted) throws IOException {
    int at = 0;
    while (at < wanted) {
      in.fill();
      int entry = lengthCode.find(in.peek());
      if (entry == 0) {
        throw in.corrupt("a code of no symbol");
      }
      in.drop(entry & HuffmanCode.LENGTH_MASK);
      int symbol = entry >>> HuffmanCode.LENGTH_BITS;
      if (symbol < 16) {
        lengths[at++] = (byte) symbol;
        continue;
      }
      if (symbol == 16 && at == 0) {
        throw in.corrupt("a repeated code length without a first");
      }
      byte value = symbol == 16 ? lengths[at - 1] : 0;
      int repeat = symbol == 16 ? 3 + in.take(2) : symbol == 17 ? 3 + in.take(3) : 11 + in.take(7);
      if (repeat > wanted - at) {
        throw in.corrupt("more code lengths than codes");
      }
      Arrays.fill(lengths, at, at + repeat, value);
      at += repeat;
    }
  }
}
