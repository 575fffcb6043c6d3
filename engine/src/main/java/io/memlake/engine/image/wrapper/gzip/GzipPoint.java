package io.memlake.engine.image.wrapper.gzip;

import io.memlake.engine.image.wrapper.restart.RestartPoint;

/** A place at which decoding can start. */
final class GzipPoint implements RestartPoint {
  private static final long serialVersionUID = 1L;

  /** What a point costs beside its window. */
  private static final long FIXED_BYTES = 48;

  private final long position;
  private final long block;
  private final long symbol;
  private final int history;
  private final byte[] window;

  /**
   * A point.
   *
   * @param position of the next decoded byte
   * @param block bit of the file at which the block begins
   * @param symbol bit of the file at which the next symbol of that block begins; equal to {@code
   *     block} between two blocks
   * @param history how many decoded bytes before may be copied
   * @param window those bytes, compressed; the ones that nothing copies are zero
   */
  GzipPoint(long position, long block, long symbol, int history, byte[] window) {
    this.position = position;
    this.block = block;
    this.symbol = symbol;
    this.history = history;
    this.window = window;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public long heapBytes() {
    return FIXED_BYTES + window.length;
  }

  /** The points of one stream need what was before, except where there is nothing. */
  @Override
  public boolean isFirst() {
    return position == 0;
  }

  long block() {
    return block;
  }

  long symbol() {
    return symbol;
  }

  int history() {
    return history;
  }

  /** Compressed; not changed by anyone. */
  byte[] window() {
    return window;
  }
}
