package io.memlake.engine.image.hyperv;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.chunk.ChunkedBytes;
import io.memlake.engine.image.chunk.Codec;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Where the frames of a guest are.
 *
 * <pre>
 * RamMemoryBlock# = u32 version, u32 flags (bit 2 for VTL 2), u64 pages, u64 first page of the
 *                   saved blocks, u64 first frame, u32 node, u32, u64
 * RamBlock#       = 256 saved pages, as they are or compressed
 * </pre>
 */
final class RamBlocks {
  private static final int LAYOUT_LENGTH = 48;
  private static final int VTL_2 = 1 << 2;
  private static final int BLOCK_PAGES = 256;
  private static final int PAGE_SHIFT = PhysicalMemory.PAGE_SHIFT;
  private static final long BLOCK = (long) BLOCK_PAGES << PAGE_SHIFT;

  private final ByteSource file;
  private final List<String> warnings;
  private final NavigableMap<Long, StoreKey> blocks;
  private final ChunkedBytes.Builder chunks;

  /** Where each block begins in the stream of all blocks. */
  private final Map<Long, Long> starts = new HashMap<>();

  RamBlocks(
      ByteSource file,
      NavigableMap<Long, StoreKey> blocks,
      ChunkedBytes.Builder chunks,
      List<String> warnings) {
    this.file = file;
    this.blocks = blocks;
    this.chunks = chunks;
    this.warnings = warnings;
  }

  /** Adds the blocks to the stream and the frames of every layout to the extents. */
  void add(NavigableMap<Long, StoreKey> layouts, ExtentTableBuilder extents) throws IOException {
    long end = 0;
    TreeMap<Long, byte[]> read = new TreeMap<>();
    for (Map.Entry<Long, StoreKey> layout : layouts.entrySet()) {
      StoreKey key = layout.getValue();
      byte[] bytes =
          key.length() < LAYOUT_LENGTH
              ? new byte[0]
              : ContainerBytes.readUpTo(file, key.offset(), LAYOUT_LENGTH);
      if (bytes.length < LAYOUT_LENGTH) {
        warnings.add("RamMemoryBlock" + layout.getKey() + " is cut; its memory is missing");
      } else if ((LittleEndian.i32(bytes, 4) & VTL_2) != 0) {
        warnings.add("RamMemoryBlock" + layout.getKey() + " is memory of VTL 2 and not read");
      } else {
        read.put(layout.getKey(), bytes);
        end = Math.max(end, LittleEndian.i64(bytes, 16) + LittleEndian.i64(bytes, 8));
      }
    }
    addBlocks(end);
    for (Map.Entry<Long, byte[]> layout : read.entrySet()) {
      addFrames(layout.getKey(), layout.getValue(), extents);
    }
  }

  private void addBlocks(long endPage) throws CorruptImageException {
    for (Map.Entry<Long, StoreKey> block : blocks.entrySet()) {
      long first = block.getKey() * BLOCK_PAGES;
      long held = Math.min(BLOCK_PAGES, endPage - first) << PAGE_SHIFT;
      StoreKey key = block.getValue();
      boolean there = key.offset() >= 0 && key.offset() + key.length() <= file.size();
      if (held <= 0 || !there || key.length() == 0 || key.length() > BLOCK) {
        if (held > 0) {
          warnings.add("RamBlock" + block.getKey() + " is not wholly in the file");
        }
        continue;
      }
      starts.put(block.getKey(), chunks.size());
      if (key.length() == BLOCK || key.length() == held) {
        chunks.add(0, key.offset(), key.length(), Codec.STORED, key.length());
      } else {
        chunks.add(0, key.offset(), key.length(), Codec.HYPER_V, held);
      }
    }
  }

  private void addFrames(long number, byte[] layout, ExtentTableBuilder extents)
      throws CorruptImageException {
    long pages = LittleEndian.i64(layout, 8);
    long page = LittleEndian.i64(layout, 16);
    long pfn = LittleEndian.i64(layout, 24);
    if (pages < 0 || page < 0 || pages > Long.MAX_VALUE - page) {
      throw new CorruptImageException(
          file.name(), 0, "RamMemoryBlock" + number + " claims impossible pages");
    }
    // Blocks that nobody saved are told by the gaps between those that are there.
    long end = page + pages;
    Long block = blocks.ceilingKey(page / BLOCK_PAGES);
    long at = page;
    while (block != null && block * BLOCK_PAGES < end) {
      long from = Math.max(at, block * BLOCK_PAGES);
      long to = Math.min(end, (block + 1) * BLOCK_PAGES);
      Long start = starts.get(block);
      if (start == null) {
        extents.addUnstored(pfn + from - page, to - from, PageState.TRUNCATED, 0);
      } else {
        extents.addStored(
            (pfn + from - page) << PAGE_SHIFT,
            (to - from) << PAGE_SHIFT,
            0,
            start + ((from % BLOCK_PAGES) << PAGE_SHIFT),
            0);
      }
      at = to;
      block = blocks.higherKey(block);
    }
  }
}
