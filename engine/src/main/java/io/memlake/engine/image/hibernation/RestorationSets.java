package io.memlake.engine.image.hibernation;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.chunk.ChunkedBytes;
import io.memlake.engine.image.chunk.Codec;
import io.memlake.engine.image.extent.ExtentTableBuilder;
import io.memlake.engine.physical.PageRun;
import io.memlake.engine.physical.PhysicalMemory;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Chains of compression sets, Windows 8 and later.
 *
 * <pre>
 * chain      = { set }                            back to back, without alignment
 * set        = u32 head, { descriptor }, data
 * head       = bits 0-7 descriptors, 8-29 length of data, 30-31 method
 * descriptor = u32 or u64: bits 0-3 frames - 1, above them the first frame
 * method     = 0, 1 XPRESS | 2, 3 XPRESS with Huffman codes; data as long as its frames is stored
 * </pre>
 */
final class RestorationSets {
  private static final int PAGE_SHIFT = PhysicalMemory.PAGE_SHIFT;
  private static final int MAX_PAGES = 16;
  private static final int HEAD = 4;

  private final ByteSource file;
  private final boolean wide;
  private final ChunkedBytes.Builder chunks;
  private final ExtentTableBuilder extents;
  private final List<String> warnings;

  RestorationSets(
      ByteSource file,
      boolean wide,
      ChunkedBytes.Builder chunks,
      ExtentTableBuilder extents,
      List<String> warnings) {
    this.file = file;
    this.wide = wide;
    this.chunks = chunks;
    this.extents = extents;
    this.warnings = warnings;
  }

  /**
   * Adds the sets from {@code position} until they hold {@code expected} frames.
   *
   * @param name of the chain, for warnings
   * @return how many frames were found
   */
  long add(String name, long position, long expected) throws IOException {
    int width = wide ? Long.BYTES : Integer.BYTES;
    byte[] header = new byte[HEAD + MAX_PAGES * width];
    long at = position;
    long pages = 0;
    while (pages < expected) {
      int count = file.read(at, header, 0, header.length);
      int descriptors = count < HEAD ? 0 : LittleEndian.u8(header, 0);
      int length = count < HEAD ? 0 : LittleEndian.i32(header, 0) >>> 8 & 0x3F_FFFF;
      int held = pages(header, count, descriptors, width);
      long data = at + HEAD + (long) descriptors * width;
      if (held == 0 || length == 0 || length > held << PAGE_SHIFT) {
        stopped(name, at, pages, expected, "there is no compression set");
        break;
      }
      if (data + length > file.size()) {
        stopped(name, at, pages, expected, "the file ends inside a compression set");
        break;
      }
      addSet(header, descriptors, width, data, length, held, at);
      pages += held;
      at = data + length;
    }
    if (pages > expected) {
      warnings.add(
          "The header counts "
              + Long.toUnsignedString(expected)
              + " pages of the "
              + name
              + " memory, which ends inside a compression set; there may be more");
    }
    return pages;
  }

  private void stopped(String name, long at, long pages, long expected, String reason) {
    warnings.add(
        "The "
            + name
            + " memory is cut short: at "
            + Hex.address(at)
            + " "
            + reason
            + "; "
            + pages
            + " of "
            + expected
            + " pages are there");
  }

  /** Frames of a set, or 0 when its descriptors are impossible. */
  private static int pages(byte[] header, int count, int descriptors, int width) {
    if (descriptors == 0 || descriptors > MAX_PAGES || HEAD + descriptors * width > count) {
      return 0;
    }
    int pages = 0;
    for (int i = 0; i < descriptors; i++) {
      pages += (header[HEAD + i * width] & 0xF) + 1;
    }
    return pages <= MAX_PAGES ? pages : 0;
  }

  /**
   * Goes along a chain without adding it.
   *
   * @param most how many sets to go at most
   * @return where it ends and how many sets it has; frames beyond any RAM end it, too
   */
  static Chain follow(ByteSource file, long position, boolean wide, long most) throws IOException {
    int width = wide ? Long.BYTES : Integer.BYTES;
    byte[] header = new byte[HEAD + MAX_PAGES * width];
    long at = position;
    long sets = 0;
    long pages = 0;
    while (sets < most) {
      int count = file.read(at, header, 0, header.length);
      int descriptors = count < HEAD ? 0 : LittleEndian.u8(header, 0);
      int length = count < HEAD ? 0 : LittleEndian.i32(header, 0) >>> 8 & 0x3F_FFFF;
      int held = pages(header, count, descriptors, width);
      long data = at + HEAD + (long) descriptors * width;
      if (held == 0
          || length == 0
          || length > held << PAGE_SHIFT
          || data + length > file.size()
          || !framesPossible(header, descriptors, width)) {
        break;
      }
      sets++;
      pages += held;
      at = data + length;
    }
    return new Chain(at, sets, pages);
  }

  /**
   * Sets that follow each other.
   *
   * @param end byte of the file after the last one
   * @param sets how many there are
   * @param pages frames in them
   */
  record Chain(long end, long sets, long pages) {}

  private static boolean framesPossible(byte[] header, int descriptors, int width) {
    for (int i = 0; i < descriptors; i++) {
      long pfn =
          (width == Long.BYTES
                  ? LittleEndian.i64(header, HEAD + i * width)
                  : LittleEndian.u32(header, HEAD + i * width))
              >>> 4;
      if (pfn > PageRun.MAX_PFN) {
        return false;
      }
    }
    return true;
  }

  /** Whether the first set of a chain decodes to exactly its frames. */
  static boolean decodes(ByteSource file, long position, boolean wide) throws IOException {
    int width = wide ? Long.BYTES : Integer.BYTES;
    byte[] header = ContainerBytes.readUpTo(file, position, HEAD + MAX_PAGES * width);
    int descriptors = LittleEndian.u8(header, 0);
    int length = LittleEndian.i32(header, 0) >>> 8 & 0x3F_FFFF;
    int held = pages(header, header.length, descriptors, width);
    long data = position + HEAD + (long) descriptors * width;
    byte[] stored = ContainerBytes.readUpTo(file, data, length);
    int room = held << PAGE_SHIFT;
    if (room == 0 || stored.length < length) {
      return false;
    }
    try {
      return codec(header, length, held).decode(stored, 0, length, new byte[room], 0, room) == room;
    } catch (Codec.UndecodableException e) {
      return false;
    }
  }

  private static Codec codec(byte[] header, int length, int held) {
    if (length == held << PAGE_SHIFT) {
      return Codec.STORED;
    }
    return LittleEndian.u8(header, 3) >>> 6 < 2 ? Codec.XPRESS : Codec.XPRESS_HUFFMAN;
  }

  private void addSet(
      byte[] header, int descriptors, int width, long data, int length, int held, long at)
      throws CorruptImageException {
    long start = chunks.size();
    chunks.add(0, data, length, codec(header, length, held), (long) held << PAGE_SHIFT);
    for (int i = 0; i < descriptors; i++) {
      long descriptor =
          wide
              ? LittleEndian.i64(header, HEAD + i * width)
              : LittleEndian.u32(header, HEAD + i * width);
      long bytes = ((descriptor & 0xF) + 1) << PAGE_SHIFT;
      long address = descriptor >>> 4 << PAGE_SHIFT;
      extents.addStored(address, bytes, 0, start, at);
      start += bytes;
    }
  }

  /** Whether a chain can begin at {@code position}: its first set is possible and has data. */
  static boolean plausible(ByteSource file, long position, boolean wide) throws IOException {
    return plausible(
        ContainerBytes.readUpTo(file, position, HEAD + MAX_PAGES * Long.BYTES), 0, wide);
  }

  /** Like {@link #plausible(ByteSource, long, boolean)}, in bytes that were read already. */
  static boolean plausible(byte[] bytes, int offset, boolean wide) {
    if (bytes.length - offset < HEAD) {
      return false;
    }
    int width = wide ? Long.BYTES : Integer.BYTES;
    int room = Math.min(bytes.length - offset, HEAD + MAX_PAGES * width);
    int descriptors = LittleEndian.u8(bytes, offset);
    if (descriptors == 0 || descriptors > MAX_PAGES || HEAD + descriptors * width > room) {
      return false;
    }
    byte[] head = Arrays.copyOfRange(bytes, offset, offset + room);
    int pages = pages(head, room, descriptors, width);
    int length = LittleEndian.i32(head, 0) >>> 8 & 0x3F_FFFF;
    return pages > 0 && length > 0 && length <= pages << PAGE_SHIFT;
  }
}
