package io.memlake.engine.image.chunk;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.compression.Decompressor;
import io.memlake.engine.compression.MalformedDataException;
import io.memlake.engine.compression.xpress.XpressDecompressor;
import java.util.Arrays;

/**
 * A block of a guest's pages, as saved states of Hyper-V hold it. Microsoft calls it compressed by
 * XPRESS; what readers found in files are pages by themselves, each behind its length. The second
 * is tried first, since it proves itself.
 *
 * <pre>
 * block = { length, page } , FFFFFFFF
 * page  = bytes, compressed unless there are 4096
 *       | FFFFFFFE, u64 that fills it
 *       | FFFFFFFD, u64 that fills, u32 pages
 *       | FFFFFFFC, u32 decoded, u32 length, bytes
 * </pre>
 */
final class HyperVBlocks {
  private static final int PAGE = 4096;
  private static final int END = -1;
  private static final int FILLED = -2;
  private static final int FILLED_PAGES = -3;
  private static final int LARGE = -4;

  /** Decoders keep tables and belong to one thread. */
  private static final ThreadLocal<Decompressor> XPRESS =
      ThreadLocal.withInitial(XpressDecompressor::new);

  private HyperVBlocks() {}

  static int decode(byte[] stored, int offset, int length, byte[] target, int start, int room)
      throws Codec.UndecodableException {
    if (pages(stored, offset, offset + length, target, start, room) == room) {
      return room;
    }
    try {
      XPRESS.get().decompressExactly(stored, offset, length, target, start, room);
      return room;
    } catch (MalformedDataException e) {
      throw new Codec.UndecodableException("is neither pages nor XPRESS data: " + e.getMessage());
    }
  }

  /** How many bytes the pages have; what is no sequence of pages has none. */
  private static int pages(byte[] stored, int from, int end, byte[] target, int start, int room) {
    int at = from;
    int done = 0;
    try {
      while (at + Integer.BYTES <= end && done < room) {
        int token = LittleEndian.i32(stored, at);
        at += Integer.BYTES;
        if (token == END) {
          return done;
        } else if (token == FILLED || token == FILLED_PAGES) {
          boolean several = token == FILLED_PAGES;
          if (at + (several ? 12 : 8) > end) {
            return 0;
          }
          long count = several ? LittleEndian.u32(stored, at + 8) : 1;
          if (count > (room - done) / PAGE) {
            return 0;
          }
          fill(target, start + done, (int) count * PAGE, stored, at);
          done += (int) count * PAGE;
          at += several ? 12 : 8;
        } else {
          int decoded = PAGE;
          int length = token;
          if (token == LARGE && at + 8 <= end) {
            decoded = LittleEndian.i32(stored, at);
            length = LittleEndian.i32(stored, at + 4);
            at += 8;
          }
          if (length <= 0 || length > end - at || decoded <= 0 || decoded > room - done) {
            return 0;
          }
          if (length == decoded) {
            System.arraycopy(stored, at, target, start + done, length);
          } else {
            XPRESS.get().decompressExactly(stored, at, length, target, start + done, decoded);
          }
          done += decoded;
          at += length;
        }
      }
      return done;
    } catch (MalformedDataException e) {
      return 0;
    }
  }

  private static void fill(byte[] target, int from, int length, byte[] stored, int at) {
    if (LittleEndian.i64(stored, at) == 0) {
      Arrays.fill(target, from, from + length, (byte) 0);
      return;
    }
    for (int i = 0; i < length; i++) {
      target[from + i] = stored[at + (i & 7)];
    }
  }
}
