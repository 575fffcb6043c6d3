package io.memlake.engine.image.chunk;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.image.CorruptImageException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes pieces on demand. Pieces that were decoded last are kept for page walks, which come back
 * to the same places; long reads take neighbouring pieces from the file in one go.
 */
final class ChunkReader implements ByteSource {

  /** Decoded bytes that are kept. */
  private static final int CACHE_BYTES = 8 << 20;

  /** Stored bytes that are fetched at once. */
  private static final int FETCH_BYTES = 1 << 20;

  private final String name;
  private final ChunkTable table;
  private final List<ByteSource> files;
  private final Map<Integer, byte[]> cache = new LinkedHashMap<>(64, 0.75f, true);
  private int cachedBytes;

  private byte[] fetched = new byte[0];
  private int fetchedFile = -1;
  private long fetchedOffset;
  private int fetchedLength;

  ChunkReader(String name, ChunkTable table, List<ByteSource> files) {
    this.name = name;
    this.table = table;
    this.files = files;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return table.end();
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    if (position >= table.end() || length <= 0) {
      return 0;
    }
    int wanted = (int) Math.min(length, table.end() - position);
    int last = table.find(position + wanted - 1);
    int done = 0;
    for (int chunk = table.find(position); chunk <= last; chunk++) {
      int whole = table.decodedLength(chunk);
      boolean passing = done < wanted - whole && table.start(chunk) == position + done;
      if (passing && !cache.containsKey(chunk)) {
        // A long read goes on to other pieces and will not come back to this one.
        decode(chunk, last, target, offset + done);
        done += whole;
        continue;
      }
      byte[] decoded = decoded(chunk, last);
      int from = (int) (position + done - table.start(chunk));
      int count = Math.min(wanted - done, table.decodedLength(chunk) - from);
      System.arraycopy(decoded, from, target, offset + done, count);
      done += count;
    }
    return done;
  }

  private byte[] decoded(int chunk, int last) throws IOException {
    byte[] known = cache.get(chunk);
    if (known != null) {
      return known;
    }
    byte[] decoded = new byte[table.decodedLength(chunk)];
    decode(chunk, last, decoded, 0);
    keep(chunk, decoded);
    return decoded;
  }

  private void decode(int chunk, int last, byte[] target, int offset) throws IOException {
    if (table.codec(chunk) == Codec.MISSING) {
      throw corrupt(chunk, "is not in the container");
    }
    int room = table.decodedLength(chunk);
    int at = fetch(chunk, last);
    int count;
    try {
      count = table.codec(chunk).decode(fetched, at, table.length(chunk), target, offset, room);
    } catch (Codec.UndecodableException e) {
      throw corrupt(chunk, e.getMessage());
    }
    // A stored last piece may be longer than what belongs to the stream; decoders stop there.
    if (count != room) {
      throw corrupt(chunk, "decodes to " + count + " bytes, not " + room);
    }
  }

  private CorruptImageException corrupt(int chunk, String reason) {
    String file = files.isEmpty() ? name : files.get(table.file(chunk)).name();
    return new CorruptImageException(
        file,
        table.offset(chunk),
        "the piece that holds " + Hex.address(table.start(chunk)) + " of its stream " + reason);
  }

  private void keep(int chunk, byte[] decoded) {
    cache.put(chunk, decoded);
    cachedBytes += decoded.length;
    var oldest = cache.entrySet().iterator();
    while (cachedBytes > CACHE_BYTES && cache.size() > 1) {
      cachedBytes -= oldest.next().getValue().length;
      oldest.remove();
    }
  }

  /** Makes the stored bytes available; returns where in {@link #fetched} they begin. */
  private int fetch(int chunk, int last) throws IOException {
    long offset = table.offset(chunk);
    int length = table.length(chunk);
    if (length == 0) {
      return 0;
    }
    int file = table.file(chunk);
    boolean inside =
        file == fetchedFile
            && offset >= fetchedOffset
            && offset + length <= fetchedOffset + fetchedLength;
    if (!inside) {
      fetchFrom(chunk, last, file);
    }
    return (int) (offset - fetchedOffset);
  }

  private void fetchFrom(int chunk, int last, int file) throws IOException {
    long start = table.offset(chunk);
    long end = start + table.length(chunk);
    for (int next = chunk + 1; next <= last && table.file(next) == file; next++) {
      long nextEnd = table.offset(next) + table.length(next);
      boolean near = table.offset(next) >= end && nextEnd - start <= FETCH_BYTES;
      if (!near) {
        break;
      }
      end = nextEnd;
    }
    int length = (int) (end - start);
    if (fetched.length < length) {
      fetched = new byte[length];
    }
    fetchedFile = -1;
    int count = files.get(file).read(start, fetched, 0, length);
    if (count < table.length(chunk)) {
      throw corrupt(chunk, "lies behind the end of the file");
    }
    fetchedFile = file;
    fetchedOffset = start;
    fetchedLength = count;
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (ByteSource file : files) {
      try {
        file.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
