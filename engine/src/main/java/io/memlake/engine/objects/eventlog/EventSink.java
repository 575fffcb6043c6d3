package io.memlake.engine.objects.eventlog;

import java.io.IOException;

/** Takes chunks and their records as they are found. */
public interface EventSink {
  /** A chunk; its records follow. */
  void chunk(EventChunk chunk) throws IOException;

  /** A record, of the chunk that was given last unless its origin says that it has none. */
  void record(EventRecord record) throws IOException;
}
