package io.memlake.engine.image.wrapper.zstd;

import io.memlake.engine.image.wrapper.restart.RestartPoint;
import java.io.Serializable;

/** A block at which decoding can start. */
final class ZstdPoint implements RestartPoint {
  private static final long serialVersionUID = 1L;

  /** What a point costs beside its window. */
  private static final long FIXED_BYTES = 250;

  private final long position;
  private final Frame frame;
  private final long block;
  private final long blockBefore;
  private final byte[] tables;
  private final long[] offsets;
  private final int reach;
  private final byte[] window;

  /** Where a frame ends; known when it was gone through. */
  static final class Frame implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Byte of a frame header that tells the size of the window. */
    private final int window;

    private long contentEnd = Long.MAX_VALUE;
    private long blocksEnd;
    private long lastBlock;

    Frame(int window) {
      this.window = window;
    }

    void ended(long block, long blocks, long content) {
      lastBlock = block;
      blocksEnd = blocks;
      contentEnd = content;
    }

    int window() {
      return window;
    }

    /** Position after the last decoded byte. */
    long contentEnd() {
      return contentEnd;
    }

    /** Byte of the file at which the last whole block begins. */
    long lastBlock() {
      return lastBlock;
    }

    /** Byte of the file after the last whole block. */
    long blocksEnd() {
      return blocksEnd;
    }
  }

  private ZstdPoint(
      long position,
      Frame frame,
      long block,
      long blockBefore,
      byte[] tables,
      long[] offsets,
      int reach,
      byte[] window) {
    this.position = position;
    this.frame = frame;
    this.block = block;
    this.blockBefore = blockBefore;
    this.tables = tables;
    this.offsets = offsets;
    this.reach = reach;
    this.window = window;
  }

  /** The first block of a frame, which needs nothing from before. */
  static ZstdPoint first(long position, Frame frame, long block) {
    return new ZstdPoint(position, frame, block, -1, new byte[0], new long[0], 0, new byte[0]);
  }

  /**
   * A later block of a frame.
   *
   * @param position of its first decoded byte
   * @param block byte of the file at which it begins
   * @param blockBefore byte of the file at which the block before it begins
   */
  static ZstdPoint inside(
      long position, Frame frame, long block, long blockBefore, SequenceTables tables) {
    return new ZstdPoint(
        position,
        frame,
        block,
        blockBefore,
        tables.descriptions(),
        tables.offsets(),
        0,
        new byte[0]);
  }

  /** The point with the bytes before it that are copied from behind it. */
  ZstdPoint with(WindowPart part) {
    // A decoder refuses distances that leave what it is given, even those that nothing uses.
    long needed = part.reach();
    for (long offset : offsets) {
      needed = Math.max(needed, offset);
    }
    int length = (int) needed;
    return new ZstdPoint(
        position, frame, block, blockBefore, tables, offsets, length, part.compressed(length));
  }

  @Override
  public boolean isFirst() {
    return blockBefore < 0;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public long heapBytes() {
    return FIXED_BYTES + window.length;
  }

  Frame frame() {
    return frame;
  }

  long block() {
    return block;
  }

  long blockBefore() {
    return blockBefore;
  }

  byte[] tables() {
    return tables;
  }

  long[] offsets() {
    return offsets;
  }

  /** Length of the window when unpacked. */
  int reach() {
    return reach;
  }

  byte[] window() {
    return window;
  }
}
