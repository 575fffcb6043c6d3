package io.memlake.engine.image.minidump;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.virtual.VirtualBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The stored ranges, and the description of all ranges where the dump has one.
 *
 * <pre>
 * Memory64List   = u64 count, u64 offset, { u64 address, u64 length }   data one after the other
 * MemoryList     = u32 count, { u64 address, u32 length, u32 offset }
 * MemoryInfoList = head 16, { u64 base, u64, u32 first protection, u32, u64 size, u32 state,
 *                  u32 protection, u32 type, u32 }
 * </pre>
 */
final class MemoryLists {
  private static final int NARROW = 5;
  private static final int WIDE = 9;
  private static final int INFO = 16;
  private static final int INFO_RECORD = 48;
  private static final int RECORD = 16;
  private static final int MAX_RANGES = 1 << 20;

  private final ByteSource file;
  private final Streams streams;
  private final List<String> warnings;
  private int cut;

  MemoryLists(ByteSource file, Streams streams, List<String> warnings) {
    this.file = file;
    this.streams = streams;
    this.warnings = warnings;
  }

  /** The stored ranges, as far as the file holds their bytes. */
  List<VirtualBlock> blocks() throws IOException {
    List<VirtualBlock> blocks = new ArrayList<>();
    wide(blocks);
    Streams.Records records = streams.list(NARROW, RECORD);
    for (int i = 0; i < records.count(); i++) {
      int at = records.start(i);
      add(
          LittleEndian.i64(records.bytes(), at),
          LittleEndian.u32(records.bytes(), at + 8),
          LittleEndian.u32(records.bytes(), at + 12),
          blocks);
    }
    if (cut > 0) {
      warnings.add(cut + " ranges of memory are not or not wholly in the file");
    }
    return blocks;
  }

  private void wide(List<VirtualBlock> blocks) throws IOException {
    byte[] head = streams.head(WIDE, 16);
    if (head.length < 16) {
      return;
    }
    long count = LittleEndian.i64(head, 0);
    long data = LittleEndian.i64(head, 8);
    byte[] records =
        streams.head(WIDE, 16 + (int) Math.min(MAX_RANGES, Math.max(0, count)) * RECORD);
    int held = (records.length - 16) / RECORD;
    if (held != count) {
      warnings.add(
          "The list of memory claims "
              + Long.toUnsignedString(count)
              + " ranges, "
              + held
              + " are in the file");
    }
    for (int i = 0; i < held; i++) {
      long length = LittleEndian.i64(records, 16 + i * RECORD + 8);
      if (data < 0 || length < 0 || data > Long.MAX_VALUE - length) {
        cut += held - i;
        return;
      }
      add(LittleEndian.i64(records, 16 + i * RECORD), length, data, blocks);
      data += length;
    }
  }

  private void add(long address, long length, long offset, List<VirtualBlock> blocks) {
    long available = Math.min(length, file.size() - offset);
    boolean wraps = Long.compareUnsigned(address + length - 1, address) < 0;
    if (available < length || (wraps && length > 0)) {
      cut++;
    }
    if (available > 0 && !wraps) {
      blocks.add(new VirtualBlock(address, available, offset));
    }
  }

  /** The ranges of the address space; where the dump does not describe them, the stored ones. */
  List<DumpRegion> regions(List<VirtualBlock> stored) throws IOException {
    Streams.Records records = streams.selfDescribed(INFO, INFO_RECORD, true);
    List<DumpRegion> regions = new ArrayList<>();
    byte[] bytes = records.bytes();
    for (int i = 0; i < records.count(); i++) {
      int at = records.start(i);
      regions.add(
          new DumpRegion(
              LittleEndian.i64(bytes, at),
              LittleEndian.i64(bytes, at + 24),
              LittleEndian.i32(bytes, at + 32),
              LittleEndian.i32(bytes, at + 36),
              LittleEndian.i32(bytes, at + 16),
              LittleEndian.i32(bytes, at + 40),
              records.place(i)));
    }
    if (regions.isEmpty()) {
      stored.forEach(
          block ->
              regions.add(
                  new DumpRegion(
                      block.virtualAddress(), block.length(), 0, 0, 0, 0, block.fileOffset())));
    }
    return regions;
  }
}
