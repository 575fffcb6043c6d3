package io.memlake.engine.image.wrapper.gzip;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.CorruptImageException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decodes spans between restart points on demand and keeps those used last. */
final class SpanReader implements ByteSource {

  /** Decoded bytes that are kept; one span at least. */
  private static final long CACHE_BYTES = 32 << 20;

  private final ByteSource file;
  private final GzipBytes content;
  private final GzipMembers members;
  private final Map<Integer, Span> cache = new LinkedHashMap<>(16, 0.75f, true);
  private long cachedBytes;

  /** Decoded bytes; those of the span begin at {@code from}. */
  private static final class Span {
    private final byte[] bytes;
    private final int from;

    Span(byte[] bytes, int from) {
      this.bytes = bytes;
      this.from = from;
    }
  }

  SpanReader(ByteSource file, GzipBytes content) {
    this.file = file;
    this.content = content;
    this.members = new GzipMembers(file);
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public long size() {
    return content.size();
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) throws IOException {
    int done = 0;
    while (done < length && position + done < content.size()) {
      long at = position + done;
      int number = content.points().find(at);
      Span span = span(number);
      long inSpan = at - content.points().get(number).position();
      int part = (int) Math.min(length - done, end(number) - at);
      System.arraycopy(span.bytes, span.from + (int) inSpan, target, offset + done, part);
      done += part;
    }
    return done;
  }

  private long end(int number) {
    RestartPoints points = content.points();
    return number + 1 < points.size() ? points.get(number + 1).position() : content.size();
  }

  private Span span(int number) throws IOException {
    Span known = cache.get(number);
    if (known != null) {
      return known;
    }
    Span span = decode(content.points().get(number), end(number));
    cache.put(number, span);
    cachedBytes += span.bytes.length;
    var oldest = cache.values().iterator();
    while (cachedBytes > CACHE_BYTES && cache.size() > 1) {
      cachedBytes -= oldest.next().bytes.length;
      oldest.remove();
    }
    return span;
  }

  private Span decode(RestartPoint point, long end) throws IOException {
    int from = point.history();
    int limit = Math.toIntExact(from + end - point.position());
    byte[] bytes = new byte[limit + DeflateStream.MAX_COPY];
    unpack(point, bytes);
    DeflateStream deflate = members.deflate();
    deflate.resume(point.block(), point.symbol());
    int at = from;
    int history = 0;
    while (at < limit) {
      at = deflate.decode(bytes, at, limit, history, null);
      if (at < limit && deflate.ended()) {
        members.begin(members.afterTrailer());
        history = at;
      }
    }
    return new Span(bytes, from);
  }

  private void unpack(RestartPoint point, byte[] target) throws IOException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(point.window());
      int done = 0;
      while (done < point.history()) {
        int count = inflater.inflate(target, done, point.history() - done);
        if (count == 0) {
          throw new CorruptImageException(name(), point.block() >>> 3, "a restart point is broken");
        }
        done += count;
      }
    } catch (DataFormatException e) {
      throw new CorruptImageException(name(), point.block() >>> 3, "a restart point is broken");
    } finally {
      inflater.end();
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
