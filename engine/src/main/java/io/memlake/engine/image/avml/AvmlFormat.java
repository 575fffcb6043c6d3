package io.memlake.engine.image.avml;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.ImageFormat;
import io.memlake.engine.image.ImageHints;
import io.memlake.engine.image.ImageIndex;
import io.memlake.engine.image.chunk.ChunkedBytes;
import io.memlake.engine.image.extent.ExtentIndex;
import io.memlake.engine.image.extent.ExtentTable;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PageState;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * AVML version 2.
 *
 * <pre>
 * file  = { block }
 * block = "AVML", u32 2, u64 first address, u64 last address (inclusive), 8 zero bytes,
 *         snappy stream, u64 length of that stream
 * </pre>
 *
 * <p>The writer drops blocks that are all zero, so a frame that is not there may be a hole or a
 * frame of zeros; both are reported as not dumped.
 */
public final class AvmlFormat implements ImageFormat {

  /** Name as tables spell it. */
  public static final String NAME = "avml";

  private static final String MARK = "AVML\2\0\0\0";
  private static final int HEADER = 32;
  private static final int TRAILER = 8;

  /** Blocks have up to 16 MiB: this is room for 16 TiB. */
  private static final int MAX_BLOCKS = 1 << 20;

  private static final long END_OF_MEMORY = PageRun.MAX_PFN << PhysicalMemory.PAGE_SHIFT;

  private record Block(long first, long length, long start, long at) {}

  /** Without state. */
  public AvmlFormat() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<ImageIndex> index(ByteSource file, Evidence evidence) throws IOException {
    if (!ContainerBytes.holds(ContainerBytes.readUpTo(file, 0, 8), 0, MARK)) {
      return Optional.empty();
    }
    ChunkedBytes.Builder chunks = new ChunkedBytes.Builder(file.name());
    chunks.addFile(file.name());
    List<Block> blocks = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    long at = 0;
    while (at >= 0 && at < file.size() && blocks.size() < MAX_BLOCKS) {
      at = addBlock(file, at, chunks, blocks, warnings);
    }
    warnings.add("AVML leaves out blocks of zeros; frames that are missing may be zero");
    ChunkedBytes bytes = chunks.build();
    ExtentTableBuilder extents = ExtentTableBuilder.over(bytes, file.name());
    for (int i = 0; i < blocks.size(); i++) {
      addExtents(blocks, i, bytes, extents);
    }
    ExtentTable table = extents.build();
    if (extents.overlappingPages() > 0) {
      warnings.add(
          extents.overlappingPages() + " frames are in more than one block; the first counts");
    }
    return Optional.of(
        new ExtentIndex(
            NAME, "snappy", file.name(), List.of(bytes), table, ImageHints.NONE, warnings));
  }

  /** What the stream of the block holds is present, the rest of its range truncated. */
  private static void addExtents(
      List<Block> blocks, int number, ChunkedBytes bytes, ExtentTableBuilder extents)
      throws IOException {
    Block block = blocks.get(number);
    long end = number + 1 < blocks.size() ? blocks.get(number + 1).start : bytes.size();
    long held = Math.min(block.length, end - block.start);
    extents.addStored(block.first, held, 0, block.start, block.at);
    if (held < block.length) {
      long cut = (block.first + held + PhysicalMemory.PAGE_SIZE - 1) >> PhysicalMemory.PAGE_SHIFT;
      long last = (block.first + block.length - 1) >> PhysicalMemory.PAGE_SHIFT;
      extents.addUnstored(cut, Math.max(0, last - cut + 1), PageState.TRUNCATED, block.at);
    }
  }

  /** Returns where the next block should be, or -1 when the rest cannot be read. */
  private static long addBlock(
      ByteSource file,
      long at,
      ChunkedBytes.Builder chunks,
      List<Block> blocks,
      List<String> warnings)
      throws IOException {
    byte[] header = ContainerBytes.readUpTo(file, at, HEADER);
    long first = header.length < HEADER ? -1 : LittleEndian.i64(header, 8);
    long last = header.length < HEADER ? -1 : LittleEndian.i64(header, 16);
    if (!ContainerBytes.holds(header, 0, MARK)
        || first < 0
        || last < first
        || last >= END_OF_MEMORY) {
      if (at == 0) {
        throw new CorruptImageException(
            file.name(),
            at,
            "the block " + Hex.address(first) + " to " + Hex.address(last) + " is not one of RAM");
      }
      warnings.add("There is no block at " + Hex.address(at) + "; what follows is not read");
      return -1;
    }
    long length = last - first + 1;
    blocks.add(new Block(first, length, chunks.size(), at));
    long end;
    try {
      end = new SnappyStream(file, chunks).addFrames(at + HEADER, length);
    } catch (CorruptImageException e) {
      if (blocks.size() == 1 && chunks.size() == 0) {
        throw e;
      }
      warnings.add(e.getMessage() + "; what follows is not read");
      return -1;
    }
    if (end < 0) {
      warnings.add("The file ends inside the block at " + Hex.address(at));
      return -1;
    }
    byte[] trailer = ContainerBytes.readUpTo(file, end, TRAILER);
    if (trailer.length < TRAILER) {
      warnings.add("The file ends inside the block at " + Hex.address(at));
      return -1;
    }
    if (LittleEndian.i64(trailer, 0) != end - at - HEADER) {
      warnings.add("The block at " + Hex.address(at) + " has another length than its trailer says");
    }
    return end + TRAILER;
  }
}
