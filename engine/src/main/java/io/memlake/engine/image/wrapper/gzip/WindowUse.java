package io.memlake.engine.image.wrapper.gzip;

import java.util.Arrays;

/**
 * Which of the last 32 KiB before a restart point are copied from after it. In memory images few
 * are, so the others need not be kept.
 */
final class WindowUse {
  private final boolean[] used = new boolean[DeflateStream.WINDOW];
  private final byte[] window = new byte[DeflateStream.WINDOW];
  private int history;

  /** Where the point is in the buffer that is decoded into. */
  private int point;

  /** Begins at a point; {@code size} bytes before it can be copied from. */
  void begin(byte[] buffer, int at, int size) {
    Arrays.fill(used, false);
    point = at;
    history = size;
    System.arraycopy(buffer, at - size, window, DeflateStream.WINDOW - size, size);
  }

  /** The bytes in the buffer were moved to lower places. */
  void moved(int by) {
    point -= by;
  }

  /** A copy out of the buffer; only what lies before the point counts. */
  void note(int source, int length) {
    if (source < point) {
      int from = DeflateStream.WINDOW - (point - source);
      Arrays.fill(used, from, Math.min(from + length, DeflateStream.WINDOW), true);
    }
  }

  /** How far back copies may reach at the point. */
  int history() {
    return history;
  }

  /** The window, ending at the point; bytes that nothing copies are zero. */
  byte[] needed() {
    byte[] needed = new byte[history];
    int skipped = DeflateStream.WINDOW - history;
    for (int i = 0; i < history; i++) {
      needed[i] = used[skipped + i] ? window[skipped + i] : 0;
    }
    return needed;
  }
}
