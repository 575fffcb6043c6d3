package io.memlake.engine.image.wrapper.zstd;

import io.memlake.engine.bytes.LittleEndian;

/**
 * Reads what a compressed block copies from where, without decoding its literals (RFC 8878,
 * 3.1.1.3).
 *
 * <pre>
 * block     = literals, sequences
 * literals  = head (bits 0-1 kind, 2-3 width of the sizes), [tree], bytes
 * sequences = count, modes, tables, bit stream
 * </pre>
 */
final class BlockReader {
  /** No block decodes to more. */
  static final int MAX_BLOCK = 1 << 17;

  private static final int STORED = 0;
  private static final int ONE_BYTE = 1;
  private static final int WITH_TREE = 2;
  private static final int LONG_COUNT = 0x7F00;

  /** Told of each copy. */
  interface Copies {
    /**
     * A copy of bytes decoded before.
     *
     * @param place first byte that the copy makes, counted from the start of the block
     * @param distance back from there to the first byte copied
     */
    void copy(long place, long distance, long length) throws BadBlockException;
  }

  /** Told before a table is repeated that no later decoder can be given. */
  interface Repeats {
    /** Points since the block that set the table of {@code kind} are useless. */
    void repeated(SequenceKind kind);
  }

  private final SequenceTables tables;
  private final Copies copies;
  private final Repeats repeats;

  /** Where reading stands, and the literals of the block. */
  private int at;

  private long literals;

  BlockReader(SequenceTables tables, Copies copies, Repeats repeats) {
    this.tables = tables;
    this.copies = copies;
    this.repeats = repeats;
  }

  /** Reads the block in the first {@code length} bytes; returns how many bytes it decodes to. */
  int read(byte[] block, int length) throws BadBlockException {
    literals(block, length);
    long decoded = sequences(block, length);
    if (decoded > MAX_BLOCK) {
      throw new BadBlockException("it decodes to " + decoded + " bytes");
    }
    return (int) decoded;
  }

  private void literals(byte[] block, int length) throws BadBlockException {
    if (length < 2) {
      throw new BadBlockException("it is too short");
    }
    int kind = block[0] & 3;
    int format = block[0] >>> 2 & 3;
    if (kind == STORED || kind == ONE_BYTE) {
      int head = (format & 1) == 0 ? 1 : format == 1 ? 2 : 3;
      literals = number(block, head, length) >>> (head == 1 ? 3 : 4);
      at = head + (kind == STORED ? (int) literals : 1);
    } else {
      int head = format < 2 ? 3 : format + 2;
      int width = format < 2 ? 10 : format == 2 ? 14 : 18;
      long sizes = number(block, head, length) >>> 4;
      literals = sizes & ((1 << width) - 1);
      int stored = (int) (sizes >>> width);
      at = head + stored;
      if (kind == WITH_TREE && at <= length) {
        tables.tree(block, head, head + treeLength(block[head], stored));
      }
    }
    if (at >= length) {
      throw new BadBlockException("its literals leave it");
    }
  }

  private static int treeLength(byte head, int stored) throws BadBlockException {
    int value = head & 0xFF;
    int length = 1 + (value < 128 ? value : (value - 126) / 2);
    if (length > stored) {
      throw new BadBlockException("its tree is longer than its literals");
    }
    return length;
  }

  private static long number(byte[] block, int bytes, int length) throws BadBlockException {
    if (bytes > length) {
      throw new BadBlockException("it is too short");
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (block[i] & 0xFFL) << (8 * i);
    }
    return value;
  }

  private long sequences(byte[] block, int length) throws BadBlockException {
    int count = LittleEndian.u8(block, at++);
    if (count == 0) {
      return literals;
    }
    int more = count < 128 ? 0 : count < 255 ? 1 : 2;
    if (at + more >= length) {
      throw new BadBlockException("it ends before its sequences");
    }
    if (more == 1) {
      count = ((count - 128) << 8) + LittleEndian.u8(block, at);
    } else if (more == 2) {
      count = LittleEndian.u16(block, at) + LONG_COUNT;
    }
    at += more;
    int modes = LittleEndian.u8(block, at++);
    table(SequenceKind.LITERAL_LENGTH, modes >>> 6, block, length);
    table(SequenceKind.OFFSET, modes >>> 4 & 3, block, length);
    table(SequenceKind.MATCH_LENGTH, modes >>> 2 & 3, block, length);
    return walk(count, new BackwardBits(block, at, length));
  }

  private void table(SequenceKind kind, int mode, byte[] block, int length)
      throws BadBlockException {
    if (mode == 3 && !tables.canBeGiven(kind)) {
      repeats.repeated(kind);
    }
    at = tables.table(kind, mode, block, at, length);
  }

  private long walk(int count, BackwardBits in) throws BadBlockException {
    FseTable literalTable = tables.table(SequenceKind.LITERAL_LENGTH);
    FseTable offsetTable = tables.table(SequenceKind.OFFSET);
    FseTable matchTable = tables.table(SequenceKind.MATCH_LENGTH);
    int literalState = (int) in.read(literalTable.log());
    int offsetState = (int) in.read(offsetTable.log());
    int matchState = (int) in.read(matchTable.log());
    long place = 0;
    long used = 0;
    for (int left = count; left > 0; left--) {
      int bits = offsetTable.symbol(offsetState);
      long value = (1L << bits) + in.read(bits);
      long match = SequenceKind.matchLength(matchTable.symbol(matchState), in);
      long before = SequenceKind.literalLength(literalTable.symbol(literalState), in);
      place += before;
      used += before;
      copies.copy(place, tables.offset(value, before > 0), match);
      place += match;
      if (in.left() < 0 || place > MAX_BLOCK) {
        throw new BadBlockException("its sequences leave it");
      }
      if (left > 1) {
        literalState = literalTable.next(literalState, in);
        matchState = matchTable.next(matchState, in);
        offsetState = offsetTable.next(offsetState, in);
      }
    }
    if (used > literals) {
      throw new BadBlockException("its sequences use more literals than it has");
    }
    return place + literals - used;
  }
}
