package io.memlake.engine.image.wrapper.restart;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.wrapper.restart.SpanDecoder.Span;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The content of a file, span by span as it is asked for; those used last are kept. */
public final class SpanReader implements ByteSource {

  /** Decoded bytes that are kept; one span at least. */
  private static final long CACHE_BYTES = 32 << 20;

  private final SpanDecoder decoder;
  private final RestartPoints<?> points;
  private final long size;
  private final Map<Integer, Span> cache = new LinkedHashMap<>(16, 0.75f, true);
  private long cachedBytes;

  /**
   * Reads what {@code decoder} decodes, and closes it.
   *
   * @param size of the content in bytes
   */
  public SpanReader(SpanDecoder decoder, RestartPoints<?> points, long size) {
    this.decoder = decoder;
    this.points = points;
    this.size = size;
  }

  @Override
  public String name() {
    return decoder.name();
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
      int number = points.find(at);
      Span span = span(number);
      int from = (int) (at - points.get(number).position());
      int part = Math.min(length - done, span.length() - from);
      System.arraycopy(span.bytes(), span.from() + from, target, offset + done, part);
      done += part;
    }
    return done;
  }

  private Span span(int number) throws IOException {
    Span known = cache.get(number);
    if (known != null) {
      return known;
    }
    Span span = decoder.decode(number);
    cache.put(number, span);
    cachedBytes += span.bytes().length;
    var oldest = cache.values().iterator();
    while (cachedBytes > CACHE_BYTES && cache.size() > 1) {
      cachedBytes -= oldest.next().bytes().length;
      oldest.remove();
    }
    return span;
  }

  @Override
  public void close() throws IOException {
    decoder.close();
  }
}
