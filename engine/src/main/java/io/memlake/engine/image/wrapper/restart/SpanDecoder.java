package io.memlake.engine.image.wrapper.restart;

import io.memlake.engine.image.CorruptImageException;
import java.io.Closeable;
import java.io.IOException;

/** Decodes what lies between a restart point and the next. One instance belongs to one thread. */
public interface SpanDecoder extends Closeable {

  /** Name of the file that is decoded. */
  String name();

  /**
   * Decodes a span.
   *
   * @param number of the point with which it begins
   * @throws CorruptImageException when the file does not hold it or it cannot be decoded
   * @throws IOException when the medium fails
   */
  Span decode(int number) throws IOException;

  /** Decoded bytes, in a part of an array. */
  final class Span {
    private final byte[] bytes;
    private final int from;
    private final int length;

    /** The {@code length} bytes at {@code from}; the array is not copied. */
    public Span(byte[] bytes, int from, int length) {
      this.bytes = bytes;
      this.from = from;
      this.length = length;
    }

    byte[] bytes() {
      return bytes;
    }

    int from() {
      return from;
    }

    int length() {
      return length;
    }
  }
}
