package io.memlake.engine.image.wrapper.gzip;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.image.Evidence;
import io.memlake.engine.image.extent.StoredBytes;
import io.memlake.engine.image.wrapper.restart.RestartPoints;
import io.memlake.engine.image.wrapper.restart.SpanReader;
import java.io.IOException;
import java.util.List;

/**
 * The content of a gzip file.
 *
 * @param file that is compressed
 * @param size of the content
 * @param points where decoding can start
 */
record GzipBytes(String file, long size, RestartPoints<GzipPoint> points) implements StoredBytes {
  private static final long serialVersionUID = 1L;

  @Override
  public List<String> files() {
    return List.of(file);
  }

  @Override
  public ByteSource open(Evidence evidence) throws IOException {
    return new SpanReader(new GzipSpans(evidence.open(file), this), points, size);
  }
}
