package io.memlake.engine.image.crashdump;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.List;

/**
 * Types 8, 9 and 0xA, which the kernel debugger writes: a list of ranges, then their frames.
 *
 * <pre>
 * +00  u32 0x40, "RDMP", "DUMP", u32
 * +10  u64 size of the metadata = offset of the first frame - 0x2020
 * +18  u64 offset of the first frame
 * +20  type 0xA only: u32 number of ranges
 * +28  type 0xA only: u64 frames stored
 * +30  {u64 first frame, u64 count}, ended by first frame 0 or by the frames
 * </pre>
 *
 * One public reader is the only source for this layout, hence the checks.
 */
final class RangeDump {
  private static final int HEADER = 0x30;
  private static final int RANGE = 16;
  private static final int BUFFER = 4096 * RANGE;

  private RangeDump() {}

  /**
   * Adds the ranges.
   *
   * @param counted whether the header counts ranges and frames (type 0xA)
   * @return where the frames should end in the file
   */
  static long addRuns(
      ByteSource file,
      long position,
      boolean counted,
      ExtentTableBuilder extents,
      List<String> warnings)
      throws IOException {
    byte[] header = ContainerBytes.read(file, position, HEADER, "the range header");
    if (LittleEndian.i32(header, 0) != 0x40
        || !ContainerBytes.holds(header, 4, "RDMP")
        || !ContainerBytes.holds(header, 8, "DUMP")) {
      throw new CorruptImageException(file.name(), position, "no range header (RDMP, DUMP)");
    }
    long metadata = LittleEndian.i64(header, 0x10);
    long firstPage = LittleEndian.i64(header, 0x18);
    if (firstPage < position + HEADER
        || firstPage > file.size()
        || metadata - 0x20 != firstPage - position - 0x40) {
      throw new CorruptImageException(
          file.name(),
          position + 0x10,
          "the frames begin at "
              + Hex.address(firstPage)
              + ", which does not match metadata of "
              + Hex.address(metadata)
              + " bytes");
    }
    long ranges = (firstPage - position - HEADER) / RANGE;
    long pages = Long.MAX_VALUE;
    if (counted) {
      ranges = Math.min(ranges, LittleEndian.u32(header, 0x20));
      pages = LittleEndian.i64(header, 0x28);
    }
    long end = addRanges(file, position + HEADER, ranges, pages, firstPage, extents);
    long stored = (end - firstPage) >> PhysicalMemory.PAGE_SHIFT;
    if (counted && stored != pages) {
      warnings.add(
          "The header counts "
              + Long.toUnsignedString(pages)
              + " pages, its ranges hold "
              + stored);
    }
    return end;
  }

  private static long addRanges(
      ByteSource file,
      long table,
      long ranges,
      long pages,
      long firstPage,
      ExtentTableBuilder extents)
      throws IOException {
    long location = firstPage;
    long stored = 0;
    for (long at = 0; at < ranges * RANGE; at += BUFFER) {
      int length = (int) Math.min(BUFFER, ranges * RANGE - at);
      byte[] part = ContainerBytes.read(file, table + at, length, "the range table");
      for (int i = 0; i < length; i += RANGE) {
        long first = LittleEndian.i64(part, i);
        long count = LittleEndian.i64(part, i + 8);
        if (first == 0 || stored >= pages) {
          return location;
        }
        DumpRuns.add(extents, file.name(), first, count, location, table + at + i);
        stored += count;
        location += count << PhysicalMemory.PAGE_SHIFT;
      }
    }
    return location;
  }
}
