package io.memlake.engine.image.crashdump;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.List;

/**
 * Types 2, 5 and 6: a bit for each frame of the machine, then the frames whose bit is set.
 *
 * <pre>
 * +00  "SDMP" | "FDMP", "DUMP"
 * +20  u64 offset in the file of the first frame
 * +28  u64 frames stored
 * +30  u64 bits
 * +38  bits, lowest first
 * </pre>
 */
final class BitmapDump {
  private static final int HEADER = 0x38;
  private static final int BUFFER = 1 << 16;

  private BitmapDump() {}

  /**
   * Adds the runs of set bits.
   *
   * @return where the frames should end in the file
   */
  static long addRuns(
      ByteSource file, long position, ExtentTableBuilder extents, List<String> warnings)
      throws IOException {
    byte[] header = ContainerBytes.read(file, position, HEADER, "the bitmap header");
    if (!(ContainerBytes.holds(header, 0, "SDMP") || ContainerBytes.holds(header, 0, "FDMP"))
        || !ContainerBytes.holds(header, 4, "DUMP")) {
      throw new CorruptImageException(
          file.name(), position, "no bitmap header (SDMP or FDMP, DUMP)");
    }
    long firstPage = LittleEndian.i64(header, 0x20);
    long stored = LittleEndian.i64(header, 0x28);
    long bits = LittleEndian.i64(header, 0x30);
    long bitmap = position + HEADER;
    if (bits <= 0 || bits > PageRun.MAX_PFN || (bits + 7) / 8 > file.size() - bitmap) {
      throw new CorruptImageException(
          file.name(),
          position + 0x30,
          "a bitmap of " + Long.toUnsignedString(bits) + " bits does not fit the file");
    }
    if (firstPage < bitmap + (bits + 7) / 8) {
      throw new CorruptImageException(
          file.name(),
          position + 0x20,
          "the frames begin at " + Hex.address(firstPage) + ", inside the bitmap");
    }
    long found = new Reader(file, bitmap, bits, firstPage, extents).run();
    if (found != stored) {
      warnings.add(
          "The header counts "
              + Long.toUnsignedString(stored)
              + " pages, its bitmap has "
              + found
              + " bits set");
    }
    return firstPage + (found << PhysicalMemory.PAGE_SHIFT);
  }

  /** Turns bits into runs, one word at a time. */
  private static final class Reader {
    private final ByteSource file;
    private final long bitmap;
    private final long bits;
    private final long firstPage;
    private final ExtentTableBuilder extents;
    private long runStart = -1;
    private long stored;

    Reader(ByteSource file, long bitmap, long bits, long firstPage, ExtentTableBuilder extents) {
      this.file = file;
      this.bitmap = bitmap;
      this.bits = bits;
      this.firstPage = firstPage;
      this.extents = extents;
    }

    long run() throws IOException {
      long bytes = (bits + 7) / 8;
      for (long at = 0; at < bytes; at += BUFFER) {
        int length = (int) Math.min(BUFFER, bytes - at);
        byte[] part = ContainerBytes.read(file, bitmap + at, length, "the bitmap");
        for (int i = 0; i < length; i += 8) {
          word(word(part, i), (at + i) * 8, Math.min(64, bits - (at + i) * 8));
        }
      }
      close(bits);
      return stored;
    }

    /** The last word may have fewer than eight bytes. */
    private static long word(byte[] part, int offset) {
      if (offset + 8 <= part.length) {
        return LittleEndian.i64(part, offset);
      }
      long word = 0;
      for (int i = part.length - 1; i >= offset; i--) {
        word = (word << 8) | (part[i] & 0xFF);
      }
      return word;
    }

    private void word(long word, long firstBit, long count) throws IOException {
      if (word == -1 && runStart >= 0 && count == 64) {
        return;
      }
      if (word == 0 && runStart < 0) {
        return;
      }
      for (int i = 0; i < count; i++) {
        boolean set = ((word >>> i) & 1) != 0;
        if (set && runStart < 0) {
          runStart = firstBit + i;
        } else if (!set && runStart >= 0) {
          close(firstBit + i);
        }
      }
    }

    private void close(long end) throws IOException {
      if (runStart < 0) {
        return;
      }
      long location = firstPage + (stored << PhysicalMemory.PAGE_SHIFT);
      DumpRuns.add(extents, file.name(), runStart, end - runStart, location, bitmap + runStart / 8);
      stored += end - runStart;
      runStart = -1;
    }
  }
}
