package io.memlake.engine.image.kdump;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.physical.PageRun;
import java.io.IOException;

/**
 * The two headers of a dump.
 *
 * <pre>
 * 0     "KDUMP   ", u32 version, 390 bytes of names, then at 1A0 or 1A8 (64-bit writers):
 *       u32 status, u32 block size, i32 blocks of sub header, u32 blocks of bitmaps, u32 frames
 * block u64 base, u32 level, ..., at 30: u64 offset and size of notes, at 60: u64 frames
 * </pre>
 *
 * @param blockSize bytes of a block, and of a frame
 * @param subHeaderBlocks blocks between the header and the bitmaps
 * @param bitmapBlocks blocks of both bitmaps
 * @param frames frames that the bitmaps speak of
 * @param notesOffset where ELF notes lie; 0 when there are none
 * @param notesSize their bytes
 */
record KdumpHeader(
    int blockSize,
    long subHeaderBlocks,
    long bitmapBlocks,
    long frames,
    long notesOffset,
    long notesSize) {

  static final String MARK = "KDUMP   ";

  private static final int WIDE_STATUS = 0x1A8;
  private static final int NARROW_STATUS = 0x1A0;
  private static final int SIZE = 0x1D0;
  private static final int SUB_SIZE = 0x68;
  private static final int PAGE_SIZE = 4096;

  /** Bitmaps of 16 TiB. */
  private static final long MAX_BITMAP_BLOCKS = 2L << 17;

  static KdumpHeader read(ByteSource file) throws IOException {
    byte[] header = ContainerBytes.read(file, 0, SIZE, "the dump header");
    int status = blockSizeAt(header, WIDE_STATUS) == PAGE_SIZE ? WIDE_STATUS : NARROW_STATUS;
    int blockSize = blockSizeAt(header, status);
    if (blockSize != PAGE_SIZE) {
      throw new CorruptImageException(
          file.name(),
          status + 4,
          "the block size is " + Integer.toUnsignedString(blockSize) + ", not 4096");
    }
    long subBlocks = LittleEndian.u32(header, status + 8);
    long bitmapBlocks = LittleEndian.u32(header, status + 12);
    if (subBlocks > 1 << 16 || bitmapBlocks < 2 || bitmapBlocks > MAX_BITMAP_BLOCKS) {
      throw new CorruptImageException(
          file.name(),
          status + 8,
          bitmapBlocks + " blocks of bitmaps at " + Hex.address(subBlocks + 1) + " are impossible");
    }
    long frames = LittleEndian.u32(header, status + 16);
    long notesOffset = 0;
    long notesSize = 0;
    int version = LittleEndian.i32(header, 8);
    if (subBlocks > 0 && status == WIDE_STATUS) {
      byte[] sub = ContainerBytes.read(file, PAGE_SIZE, SUB_SIZE, "the second dump header");
      if (version >= 4) {
        notesOffset = LittleEndian.i64(sub, 0x30);
        notesSize = LittleEndian.i64(sub, 0x38);
      }
      if (version >= 6 && LittleEndian.i64(sub, 0x60) > 0) {
        frames = LittleEndian.i64(sub, 0x60);
      }
    }
    long most = bitmapBlocks / 2 * PAGE_SIZE * 8;
    return new KdumpHeader(
        blockSize,
        subBlocks,
        bitmapBlocks,
        Math.min(frames, Math.min(most, PageRun.MAX_PFN)),
        notesOffset,
        notesSize);
  }

  private static int blockSizeAt(byte[] header, int status) {
    return LittleEndian.i32(header, status + 4);
  }

  /** Where the bitmap of the stored frames begins; before it lies that of all frames. */
  long bitmap() {
    return (1 + subHeaderBlocks) * blockSize + bitmapBlocks / 2 * blockSize;
  }

  /** Where the descriptors of the stored frames begin. */
  long descriptors() {
    return (1 + subHeaderBlocks + bitmapBlocks) * blockSize;
  }
}
