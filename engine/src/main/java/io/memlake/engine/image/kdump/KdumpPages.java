package io.memlake.engine.image.kdump;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.chunk.Codec;
import io.memlake.engine.image.extent.StoredBytes;
import java.io.IOException;
import java.util.List;

/**
 * The stored frames one after the other. Their descriptors follow each other in the file, so no
 * index of them is needed.
 *
 * <pre>
 * descriptor = u64 offset, u32 length, u32 codec, u64 flags of the page
 * codec      = 0 as it is | 1 zlib | 2 LZO | 4 snappy | 20 zstd
 * </pre>
 *
 * @param file that holds them
 * @param descriptors where the descriptors begin
 * @param pages how many there are
 */
record KdumpPages(String file, long descriptors, long pages) implements StoredBytes {
  private static final long serialVersionUID = 1L;

  static final int DESCRIPTOR = 24;

  private static final int PAGE_SIZE = 4096;
  private static final int PAGE_SHIFT = 12;
  private static final int CODEC_MASK = 0x27;

  /** Descriptors that are read at once. */
  private static final int DESCRIPTORS = 2048;

  /** Stored bytes that are read at once: neighbouring frames lie side by side. */
  private static final int WINDOW = 256 << 10;

  @Override
  public List<String> files() {
    return List.of(file);
  }

  @Override
  public long size() {
    return pages << PAGE_SHIFT;
  }

  @Override
  public ByteSource open(Evidence evidence) throws IOException {
    return new Reader(evidence.open(file));
  }

  private final class Reader implements ByteSource {
    private final ByteSource source;
    private final byte[] table = new byte[DESCRIPTORS * DESCRIPTOR];
    private final byte[] window = new byte[WINDOW];
    private final byte[] page = new byte[PAGE_SIZE];
    private long tableStart = -1;
    private int tableLength;
    private long windowStart;
    private int windowLength;
    private long pageNumber = -1;

    Reader(ByteSource source) {
      this.source = source;
    }

    @Override
    public String name() {
      return file;
    }

    @Override
    public long size() {
      return pages << PAGE_SHIFT;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
      int done = 0;
      while (done < length && position + done < size()) {
        long at = position + done;
        int whole = readStored(at, target, offset + done, length - done);
        done += whole;
        if (whole > 0) {
          continue;
        }
        decode(at >>> PAGE_SHIFT);
        int inPage = (int) at & (PAGE_SIZE - 1);
        int part = Math.min(length - done, PAGE_SIZE - inPage);
        System.arraycopy(page, inPage, target, offset + done, part);
        done += part;
      }
      return done;
    }

    /** Reads whole pages that lie side by side as they are; returns how many bytes. */
    private int readStored(long at, byte[] target, int offset, int length) throws IOException {
      if ((at & (PAGE_SIZE - 1)) != 0) {
        return 0;
      }
      long first = at >>> PAGE_SHIFT;
      long most = Math.min(length >>> PAGE_SHIFT, pages - first);
      long start = 0;
      int count = 0;
      while (count < most) {
        int entry = descriptor(first + count);
        long place = LittleEndian.i64(table, entry);
        boolean stored =
            (LittleEndian.i32(table, entry + 12) & CODEC_MASK) == 0
                && LittleEndian.u32(table, entry + 8) == PAGE_SIZE
                && place >= 0
                && place <= source.size() - PAGE_SIZE;
        if (!stored || (count > 0 && place != start + ((long) count << PAGE_SHIFT))) {
          break;
        }
        start = count == 0 ? place : start;
        count++;
      }
      if (count == 0) {
        return 0;
      }
      int bytes = count << PAGE_SHIFT;
      // A shorter read, of a file that shrank, is left to the page by page way and its error.
      return source.read(start, target, offset, bytes) == bytes ? bytes : 0;
    }

    private void decode(long number) throws IOException {
      if (number == pageNumber) {
        return;
      }
      pageNumber = -1;
      int at = descriptor(number);
      long offset = LittleEndian.i64(table, at);
      long length = LittleEndian.u32(table, at + 8);
      if (length == 0 || length > PAGE_SIZE || offset < 0 || offset > source.size() - length) {
        throw corrupt(number, "has " + length + " bytes at " + Hex.address(offset));
      }
      fetch(offset, (int) length);
      try {
        Codec codec = codec(number, LittleEndian.i32(table, at + 12) & CODEC_MASK);
        int count =
            codec.decode(window, (int) (offset - windowStart), (int) length, page, 0, PAGE_SIZE);
        if (count != PAGE_SIZE) {
          throw corrupt(number, "decodes to " + count + " bytes");
        }
      } catch (Codec.UndecodableException e) {
        throw corrupt(number, e.getMessage());
      }
      pageNumber = number;
    }

    private Codec codec(long number, int flags) throws CorruptImageException {
      return switch (flags) {
        case 0 -> Codec.STORED;
        case 1 -> Codec.ZLIB;
        case 2 -> Codec.LZO;
        case 4 -> Codec.SNAPPY;
        case 0x20 -> Codec.ZSTD;
        default -> throw corrupt(number, "is compressed in more than one way");
      };
    }

    /** Where in the table the descriptor of a frame is. */
    private int descriptor(long number) throws IOException {
      long first = number / DESCRIPTORS * DESCRIPTORS;
      if (first != tableStart) {
        tableStart = -1;
        tableLength = source.read(descriptors + first * DESCRIPTOR, table, 0, table.length);
        tableStart = first;
      }
      int at = (int) (number - first) * DESCRIPTOR;
      if (at + DESCRIPTOR > tableLength) {
        throw corrupt(number, "has no descriptor");
      }
      return at;
    }

    private void fetch(long offset, int length) throws IOException {
      if (offset >= windowStart && offset + length <= windowStart + windowLength) {
        return;
      }
      windowLength = 0;
      windowStart = offset;
      windowLength = source.read(offset, window, 0, window.length);
    }

    private CorruptImageException corrupt(long number, String reason) {
      return new CorruptImageException(
          file, descriptors + number * DESCRIPTOR, "the stored page " + number + " " + reason);
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }
}
