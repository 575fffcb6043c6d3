package io.memlake.engine.image.wrapper;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.extent.StoredBytes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tukaani.xz.SeekableInputStream;
import org.tukaani.xz.SeekableXZInputStream;
import org.tukaani.xz.XZIOException;

/**
 * The content of an xz file. Blocks decode by themselves, so any place is reached by decoding one;
 * those decoded last are kept.
 *
 * @param file that is compressed
 * @param size of the content
 */
record XzBytes(String file, long size) implements StoredBytes {
  private static final long serialVersionUID = 1L;

  /** The decoder's window: that of {@code xz -9} is 64 MiB. */
  static final int MEMORY_LIMIT_KIB = 128 << 10;

  /** A block is decoded as a whole. */
  static final long MAX_BLOCK = 128 << 20;

  /** Decoded bytes that are kept. */
  private static final long CACHE_BYTES = 128 << 20;

  @Override
  public List<String> files() {
    return List.of(file);
  }

  @Override
  public ByteSource open(Evidence evidence) throws IOException {
    ByteSource source = evidence.open(file);
    boolean whole = false;
    try {
      Reader reader = new Reader(new SeekableXZInputStream(new Input(source), MEMORY_LIMIT_KIB));
      whole = true;
      return reader;
    } finally {
      if (!whole) {
        source.close();
      }
    }
  }

  /** A source as the decoder wants it. */
  static final class Input extends SeekableInputStream {
    private final ByteSource source;
    private long position;

    Input(ByteSource source) {
      this.source = source;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = source.read(position, target, offset, length);
      position += count;
      return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public long length() {
      return source.size();
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public void seek(long target) {
      position = target;
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }

  private final class Reader implements ByteSource {
    private final SeekableXZInputStream xz;
    private final Map<Integer, byte[]> cache = new LinkedHashMap<>(16, 0.75f, true);
    private long cachedBytes;

    Reader(SeekableXZInputStream xz) {
      this.xz = xz;
    }

    @Override
    public String name() {
      return file;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
      int done = 0;
      while (done < length && position + done < size) {
        long at = position + done;
        int number = xz.getBlockNumber(at);
        byte[] block = block(number);
        int from = (int) (at - xz.getBlockPos(number));
        int part = Math.min(length - done, block.length - from);
        System.arraycopy(block, from, target, offset + done, part);
        done += part;
      }
      return done;
    }

    private byte[] block(int number) throws IOException {
      byte[] known = cache.get(number);
      if (known != null) {
        return known;
      }
      byte[] block = new byte[(int) xz.getBlockSize(number)];
      try {
        xz.seekToBlock(number);
        int done = 0;
        while (done < block.length) {
          int count = xz.read(block, done, block.length - done);
          if (count < 0) {
            break;
          }
          done += count;
        }
        if (done < block.length) {
          throw damaged(number, "it ends early");
        }
      } catch (XZIOException e) {
        throw damaged(number, e.getMessage());
      }
      cache.put(number, block);
      cachedBytes += block.length;
      var oldest = cache.values().iterator();
      while (cachedBytes > CACHE_BYTES && cache.size() > 1) {
        cachedBytes -= oldest.next().length;
        oldest.remove();
      }
      return block;
    }

    private CorruptImageException damaged(int number, String reason) {
      return new CorruptImageException(
          file,
          xz.getBlockCompPos(number),
          "the block that holds "
              + Hex.address(xz.getBlockPos(number))
              + " of the content is damaged: "
              + reason);
    }

    @Override
    public void close() throws IOException {
      xz.close();
    }
  }
}
