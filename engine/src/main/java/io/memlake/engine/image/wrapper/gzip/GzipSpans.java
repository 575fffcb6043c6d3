package io.memlake.engine.image.wrapper.gzip;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.CorruptImageException;
import io.memlake.engine.image.wrapper.restart.RestartPoints;
import io.memlake.engine.image.wrapper.restart.SpanDecoder;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decodes deflate data between restart points. */
final class GzipSpans implements SpanDecoder {

  private final ByteSource file;
  private final GzipBytes content;
  private final GzipMembers members;

  GzipSpans(ByteSource file, GzipBytes content) {
    this.file = file;
    this.content = content;
    this.members = new GzipMembers(file);
  }

  @Override
  public String name() {
    return file.name();
  }

  private long end(int number) {
    RestartPoints<GzipPoint> points = content.points();
    return number + 1 < points.size() ? points.get(number + 1).position() : content.size();
  }

  @Override
  public Span decode(int number) throws IOException {
    return decode(content.points().get(number), end(number));
  }

  private Span decode(GzipPoint point, long end) throws IOException {
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
    return new Span(bytes, from, limit - from);
  }

  private void unpack(GzipPoint point, byte[] target) throws IOException {
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
