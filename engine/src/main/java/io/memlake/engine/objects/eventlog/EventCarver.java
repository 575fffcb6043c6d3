package io.memlake.engine.objects.eventlog;

import io.memlake.engine.bytes.LittleEndian;
import java.io.IOException;

/**
 * Finds chunks and single records in bytes of any kind, such as pages of memory.
 *
 * <p>Pages that the caller knows to follow each other should come in one call: a record that is cut
 * off keeps its number and time only.
 */
public final class EventCarver {
  private static final int CHUNK_ALIGNMENT = 512;
  private static final int PAGE = 4096;
  private static final int RECORD_ALIGNMENT = 8;
  private static final int TEMPLATE_INSTANCE = 0x0C;

  /** Bytes of an instance before the definition or the values. */
  private static final int INSTANCE = 10;

  /** Bytes before the content of a definition. */
  private static final int DEFINITION = 24;

  private static final int FRAGMENT_HEADER = 0x0001010F;

  private static final int UNKNOWN = Integer.MIN_VALUE;

  private final TemplateStore store;

  /** The chunk that the last record told of, and its renderer. */
  private ChunkBytes around;

  private EventRenderer renderer;

  /** A carver that uses and extends a store of templates. */
  public EventCarver(TemplateStore store) {
    this.store = store;
  }

  /**
   * Searches {@code length} bytes from {@code from}.
   *
   * @param base offset of the first of them, for {@link EventChunk#offset} and {@link
   *     EventRecord#offset}
   */
  public void search(byte[] bytes, int from, int length, long base, EventSink sink)
      throws IOException {
    int to = from + length;
    int at = from;
    around = null;
    while (at + RecordHeader.SIZE <= to) {
      EventChunk chunk =
          (at - from) % CHUNK_ALIGNMENT == 0
              ? EventChunk.parse(bytes, at, chunkLength(bytes, at, to), base + at - from)
                  .orElse(null)
              : null;
      if (chunk != null) {
        sink.chunk(chunk);
        chunk.records(store, sink);
        around = null;
        at += Math.max(CHUNK_ALIGNMENT, chunk.length() & -CHUNK_ALIGNMENT);
        continue;
      }
      RecordHeader header = RecordHeader.parse(bytes, at, to);
      if (header != null && startsBinaryXml(bytes, at, to)) {
        record(bytes, from, to, at, header, base, sink);
        at += header.whole() ? header.size() & -RECORD_ALIGNMENT : RECORD_ALIGNMENT;
      } else {
        at += RECORD_ALIGNMENT;
      }
    }
  }

  /** Bytes up to the next chunk: in memory the rest of a chunk may lie elsewhere. */
  private static int chunkLength(byte[] bytes, int at, int to) {
    int length = Math.min(to - at, EventChunk.SIZE);
    for (int next = PAGE; next < length; next += PAGE) {
      if (EventChunk.parse(bytes, at + next, to - at - next, 0).isPresent()) {
        return next;
      }
    }
    return length;
  }

  private static boolean startsBinaryXml(byte[] bytes, int at, int to) {
    int body = at + RecordHeader.SIZE;
    return to - body >= Integer.BYTES && LittleEndian.i32(bytes, body) == FRAGMENT_HEADER;
  }

  private void record(
      byte[] bytes, int from, int to, int at, RecordHeader header, long base, EventSink sink)
      throws IOException {
    int end = Math.min(to, at + header.size());
    int start = chunkStart(bytes, at, end);
    if (start != UNKNOWN && (around == null || start != around.start)) {
      // Names are checked by their hash and templates by their id, so foreign bytes do no harm.
      int behind = Math.min(to, start + EventChunk.SIZE);
      around = new ChunkBytes(bytes, start, Math.max(from, start), behind);
      renderer = new EventRenderer(around, store);
    }
    EventRenderer chosen = renderer;
    if (around == null || at >= around.start + EventChunk.SIZE) {
      // No offset leads anywhere: only values and templates of other chunks are left.
      chosen = new EventRenderer(new ChunkBytes(bytes, at - EventChunk.SIZE, at, end), store);
    }
    sink.record(chosen.render(header, at, EventRecord.Origin.CARVED, base + at - from));
  }

  /**
   * Where the chunk of a record started. An instance that is followed by the definition of its
   * template says at which offset of the chunk the definition stands, and the definition repeats
   * the number of the template; nothing else tells.
   */
  private static int chunkStart(byte[] bytes, int from, int to) {
    int last = to - INSTANCE - DEFINITION;
    for (int at = from + RecordHeader.SIZE; at <= last; at++) {
      if (bytes[at] != TEMPLATE_INSTANCE) {
        continue;
      }
      int id = LittleEndian.i32(bytes, at + 2);
      int offset = LittleEndian.i32(bytes, at + 6);
      boolean defined = LittleEndian.i32(bytes, at + INSTANCE + Integer.BYTES) == id;
      if (id != 0 && defined && offset >= EventChunk.HEADER && offset < EventChunk.SIZE) {
        return at + INSTANCE - offset;
      }
    }
    return UNKNOWN;
  }
}
