package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.LittleEndian;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Writes the stable storage of a hive as a hive file that ordinary readers open: clean base block
 * with a valid checksum, equal sequence numbers, bins without holes.
 *
 * <p>Readers go through a bin cell by cell, so zeros in place of an absent page would end them. An
 * absent page therefore becomes part of one cell: free space where nothing refers to it. Cells
 * behind it keep their place and can be reached through the lists.
 */
public final class HiveExport {
  /** A bin that is made anew has no more, so that the heap does not follow a damaged hive. */
  private static final long MAX_HEADLESS = 1 << 20;

  private final CellSource cells;
  private final OutputStream out;
  private final byte[] head = new byte[HiveBin.HEADER];
  private long missingBlocks;
  private long rebuiltBins;
  private long repairedBins;

  private HiveExport(CellSource cells, OutputStream out) {
    this.cells = cells;
    this.out = out;
  }

  /**
   * What was written.
   *
   * @param bytes size of the file
   * @param missingBlocks 4 KiB blocks that are absent from the source
   * @param rebuiltBins bins whose header is absent or damaged and was made anew
   * @param repairedBins bins in which the chain of cells was mended around absent blocks
   */
  public record Report(long bytes, long missingBlocks, long rebuiltBins, long repairedBins) {}

  /**
   * Writes the hive.
   *
   * @param baseBlock of the hive, as memory or the file has it
   * @throws IOException when the medium or {@code out} fails
   */
  public static Report write(CellSource cells, BaseBlock baseBlock, OutputStream out)
      throws IOException {
    HiveExport export = new HiveExport(cells, out);
    long length = cells.length(false) & -CellSource.BLOCK;
    out.write(baseBlock.cleanBytes(length));
    long at = 0;
    while (at < length) {
      at = export.bin(at, length);
    }
    return new Report(
        BaseBlock.SIZE + length, export.missingBlocks, export.rebuiltBins, export.repairedBins);
  }

  /** Writes the bin at a position and says where it ends. */
  private long bin(long at, long length) throws IOException {
    HiveBin bin = header(at);
    int size = (int) Math.min(bin == null ? headless(at, length) : bin.size(), length - at);
    byte[] bytes = new byte[size];
    boolean[] present = new boolean[size];
    int missing = new CellReader(cells).sparse((int) at, bytes, size, present);
    if (bin == null) {
      rebuiltBins++;
      Arrays.fill(bytes, 0, HiveBin.HEADER, (byte) 0);
      LittleEndian.putI32(bytes, 0, HiveBin.SIGNATURE);
      LittleEndian.putI32(bytes, HiveBin.OFFSET, (int) at);
    }
    LittleEndian.putI32(bytes, HiveBin.SIZE, size);
    missingBlocks += missing / CellSource.BLOCK;
    if (mend(bytes, present)) {
      repairedBins++;
    }
    out.write(bytes);
    return at + size;
  }

  /**
   * Bytes up to the next header that is there. Cells are found by their index, so those behind an
   * absent or damaged header stay where they are, under a header that is made for them.
   */
  private long headless(long at, long length) throws IOException {
    long end = at + CellSource.BLOCK;
    while (end < length && end - at < MAX_HEADLESS && header(end) == null) {
      end += CellSource.BLOCK;
    }
    return end - at;
  }

  private HiveBin header(long at) throws IOException {
    boolean there = cells.read((int) at, head, 0, HiveBin.HEADER);
    HiveBin bin = there ? HiveBin.parse(head, 0, HiveBin.HEADER).orElse(null) : null;
    return bin != null && bin.offset() == at ? bin : null;
  }

  /** Makes the cells of a bin a chain to its end; true when something had to be changed. */
  private static boolean mend(byte[] bytes, boolean[] present) {
    int at = HiveBin.HEADER;
    while (at < bytes.length) {
      int cell = LittleEndian.i32(bytes, at);
      long length = Math.abs((long) cell);
      boolean good = present[at] && length >= 8 && length % 8 == 0 && at + length <= bytes.length;
      if (!good) {
        // Allocated, so that no tool takes the cells inside for space that it may overwrite.
        LittleEndian.putI32(bytes, at, -(bytes.length - at));
        return true;
      }
      at += (int) length;
    }
    return false;
  }
}
