package io.memlake.engine.image.wrapper.zstd;

import com.github.luben.zstd.Zstd;

/**
 * The bytes before a restart point that blocks behind it copy. Only those are kept; all others are
 * zero.
 */
final class WindowPart {
  private static final int PIECE_SHIFT = 12;
  private static final int PIECE = 1 << PIECE_SHIFT;
  private static final int FAST = 1;

  private final long point;
  private final byte[][] pieces;
  private long first;

  /**
   * Nothing yet.
   *
   * @param point position of the restart point in the content
   * @param window how far before it copies may reach
   */
  WindowPart(long point, long window) {
    this.point = point;
    this.first = point;
    this.pieces = new byte[(int) ((Math.min(point, window) + PIECE - 1) >>> PIECE_SHIFT)][];
  }

  /** Position of the restart point. */
  long point() {
    return point;
  }

  /** Keeps the bytes from {@code position} on, which are {@code length} bytes of a buffer. */
  void keep(long position, byte[] buffer, int at, int length) {
    first = Math.min(first, position);
    int done = 0;
    while (done < length) {
      // Pieces count back from the point, so that the window need not begin at a piece.
      long back = point - (position + done);
      int piece = (int) ((back - 1) >>> PIECE_SHIFT);
      int inside = PIECE - (int) (back - ((long) piece << PIECE_SHIFT));
      int count = Math.min(length - done, PIECE - inside);
      if (pieces[piece] == null) {
        pieces[piece] = new byte[PIECE];
      }
      System.arraycopy(buffer, at + done, pieces[piece], inside, count);
      done += count;
    }
  }

  /** How far before the point the first byte lies. */
  int reach() {
    return (int) (point - first);
  }

  /** The last {@code length} bytes before the point, compressed. */
  byte[] compressed(int length) {
    byte[] bytes = new byte[length];
    for (int piece = 0; piece < pieces.length; piece++) {
      if (pieces[piece] != null) {
        int to = length - (piece << PIECE_SHIFT);
        int from = Math.max(0, to - PIECE);
        if (to > 0) {
          System.arraycopy(pieces[piece], PIECE - (to - from), bytes, from, to - from);
        }
      }
    }
    return Zstd.compress(bytes, FAST);
  }
}
