package io.memlake.engine.image.wrapper.zstd;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * What blocks of a frame take over from those before them: the tables of the codes, the tree of the
 * literals and the last three offsets.
 */
final class SequenceTables {
  private static final int USUAL = 0;
  private static final int ONE_SYMBOL = 1;
  private static final int DESCRIBED = 2;

  /** A tree of two symbols, for blocks before the first tree; nothing uses it. */
  private static final byte[] ANY_TREE = {(byte) 0x80, 0x10};

  /** A distribution with one symbol, for blocks before the first one; nothing uses it. */
  private static final byte[] ANY_TABLE = {(byte) 0xF0, 0x03};

  private final Map<SequenceKind, FseTable> tables = new EnumMap<>(SequenceKind.class);
  private final Map<SequenceKind, byte[]> described = new EnumMap<>(SequenceKind.class);
  private byte[] tree = ANY_TREE;
  private final long[] offsets = {1, 4, 8};

  /** Remembers the description of the tree that a block brought. */
  void tree(byte[] bytes, int from, int to) {
    tree = Arrays.copyOfRange(bytes, from, to);
  }

  /**
   * Takes the table that a block names.
   *
   * @param at where its description begins, if it has one
   * @return where the description ends
   */
  int table(SequenceKind kind, int mode, byte[] bytes, int at, int end) throws BadBlockException {
    switch (mode) {
      case USUAL -> {
        tables.put(kind, kind.usual());
        described.remove(kind);
        return at;
      }
      case ONE_SYMBOL -> {
        if (at >= end || (bytes[at] & 0xFF) > kind.maxSymbol()) {
          throw new BadBlockException("a repeated symbol is impossible");
        }
        tables.put(kind, FseTable.repeating(bytes[at]));
        described.remove(kind);
        return at + 1;
      }
      case DESCRIBED -> {
        FseHeader header = FseHeader.read(bytes, at, end, kind.maxSymbol(), kind.maxLog());
        tables.put(kind, header.table());
        described.put(kind, Arrays.copyOfRange(bytes, at, at + header.length()));
        return at + header.length();
      }
      default -> {
        if (!tables.containsKey(kind)) {
          throw new BadBlockException("it repeats a table that no block brought");
        }
        return at;
      }
    }
  }

  FseTable table(SequenceKind kind) {
    return tables.get(kind);
  }

  /**
   * Whether the table in force can be given to a decoder that begins after it. The format's own
   * table and single symbols cannot; no known writer repeats them.
   */
  boolean canBeGiven(SequenceKind kind) {
    return described.containsKey(kind);
  }

  /**
   * The distance that a sequence copies over.
   *
   * @param value as stored: up to 3 it stands for one of the last distances
   * @param afterLiterals whether literals come before
   */
  long offset(long value, boolean afterLiterals) {
    if (value > offsets.length) {
      return remember(value - offsets.length, 2);
    }
    int which = (int) value - (afterLiterals ? 1 : 0);
    return which == 3 ? remember(offsets[0] - 1, 2) : remember(offsets[which], which);
  }

  private long remember(long offset, int replaced) {
    for (int i = replaced; i > 0; i--) {
      offsets[i] = offsets[i - 1];
    }
    offsets[0] = offset;
    return offset;
  }

  /** The last three distances, the last one first. */
  long[] offsets() {
    return offsets.clone();
  }

  /** The descriptions in the order of a zstd dictionary. */
  byte[] descriptions() {
    byte[] offset = described.getOrDefault(SequenceKind.OFFSET, ANY_TABLE);
    byte[] match = described.getOrDefault(SequenceKind.MATCH_LENGTH, ANY_TABLE);
    byte[] literal = described.getOrDefault(SequenceKind.LITERAL_LENGTH, ANY_TABLE);
    byte[] all = Arrays.copyOf(tree, tree.length + offset.length + match.length + literal.length);
    int at = tree.length;
    for (byte[] part : new byte[][] {offset, match, literal}) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
