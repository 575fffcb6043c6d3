package io.memlake.engine.objects.eventlog;

import io.memlake.engine.bytes.LittleEndian;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A chunk of a log, as much of it as there is.
 *
 * <pre>
 *  0 "ElfChnk\0"          40 size of header data (128)    120 flags
 *  8 first record number  44 offset of last record        124 CRC-32 of 0 to 119 and 128 to 511
 * 16 last record number   48 offset of free space         128 offsets of 64 names
 * 24 first record id      52 CRC-32 of the records        384 offsets of 32 templates
 * 32 last record id
 * </pre>
 */
public final class EventChunk {
  /** Bytes of a chunk. */
  public static final int SIZE = 65_536;

  /** Bytes before the first record. */
  public static final int HEADER = 512;

  private static final long SIGNATURE = 0x006B6E6843666C45L;
  private static final int FIRST_ID = 24;
  private static final int LAST_ID = 32;
  private static final int FREE = 48;
  private static final int RECORDS_CRC = 52;
  private static final int CHECKED = 120;
  private static final int HEADER_CRC = 124;
  private static final int TABLES = 128;
  private static final int RECORD_ALIGNMENT = 8;

  private final byte[] bytes;
  private final int start;
  private final int length;
  private final long offset;

  private EventChunk(byte[] bytes, int start, int length, long offset) {
    this.bytes = bytes;
    this.start = start;
    this.length = length;
    this.offset = offset;
  }

  /**
   * The chunk that starts at {@code start}.
   *
   * @param length bytes from there that may belong to it; a chunk can be cut off
   * @param offset what {@link #offset()} says
   * @return empty when there is no chunk header
   */
  public static Optional<EventChunk> parse(byte[] bytes, int start, int length, long offset) {
    return length >= HEADER && LittleEndian.i64(bytes, start) == SIGNATURE
        ? Optional.of(new EventChunk(bytes, start, Math.min(length, SIZE), offset))
        : Optional.empty();
  }

  /**
   * A chunk whose signature is damaged, at a place where a file must have one; its records are
   * looked for all the same.
   */
  static EventChunk withoutSignature(byte[] bytes, int start, int length, long offset) {
    return new EventChunk(bytes, start, Math.min(length, SIZE), offset);
  }

  /** Bytes from the start of the file or of the searched bytes. */
  public long offset() {
    return offset;
  }

  /** Bytes that are there, at most 65,536. */
  public int length() {
    return length;
  }

  /** Identifier of its first record, as the header says. */
  public long firstRecordId() {
    return LittleEndian.i64(bytes, start + FIRST_ID);
  }

  /** Identifier of its last record, as the header says. */
  public long lastRecordId() {
    return LittleEndian.i64(bytes, start + LAST_ID);
  }

  /** Whether the stored checksum of the header is the right one. */
  public boolean headerValid() {
    CRC32 crc = new CRC32();
    crc.update(bytes, start, CHECKED);
    crc.update(bytes, start + TABLES, HEADER - TABLES);
    return (int) crc.getValue() == LittleEndian.i32(bytes, start + HEADER_CRC);
  }

  /** Whether the stored checksum of the records is the right one; false for a cut-off chunk. */
  public boolean recordsValid() {
    int free = LittleEndian.i32(bytes, start + FREE);
    if (free < HEADER || free > length) {
      return false;
    }
    CRC32 crc = new CRC32();
    crc.update(bytes, start + HEADER, free - HEADER);
    return (int) crc.getValue() == LittleEndian.i32(bytes, start + RECORDS_CRC);
  }

  /**
   * Gives every record, also those behind a damaged one and those left over in free space.
   *
   * @param store learns the templates of the chunk and lends those of others
   */
  public void records(TemplateStore store, EventSink sink) throws IOException {
    int to = start + length;
    EventRenderer renderer = new EventRenderer(new ChunkBytes(bytes, start, start, to), store);
    int free = LittleEndian.i32(bytes, start + FREE);
    int used = free >= HEADER && free <= SIZE ? free : SIZE;
    for (int at = HEADER; at <= length - RecordHeader.SIZE; ) {
      RecordHeader header = RecordHeader.parse(bytes, start + at, to);
      if (header == null || (at >= used && !header.whole())) {
        at += RECORD_ALIGNMENT;
        continue;
      }
      EventRecord.Origin origin = at < used ? EventRecord.Origin.CHUNK : EventRecord.Origin.SLACK;
      sink.record(renderer.render(header, start + at, origin, offset + at));
      // A record that is not whole may be overwritten by others in its middle.
      at += header.whole() ? header.size() : RECORD_ALIGNMENT;
    }
  }
}
