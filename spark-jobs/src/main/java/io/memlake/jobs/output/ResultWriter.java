package io.memlake.jobs.output;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Takes rows one after the other. Values are null, text, numbers, booleans, {@link
 * java.time.Instant}, other {@link java.time} values, byte arrays, and lists and maps of these.
 */
public interface ResultWriter extends Closeable {

  /** Writes a row with a value for each column. */
  void row(List<?> values) throws IOException;

  /** Writes what is held back and what ends the document; the stream below stays open. */
  @Override
  void close() throws IOException;
}
