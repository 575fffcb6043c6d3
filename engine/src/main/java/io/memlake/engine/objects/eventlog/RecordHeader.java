package io.memlake.engine.objects.eventlog;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.FileTime;

/**
 * What stands before the binary XML of a record.
 *
 * @param size bytes of the record, from its signature to the copy of the size
 * @param id number of the record
 * @param written FILETIME
 * @param whole whether the copy of the size at its end is there and right
 */
record RecordHeader(int size, long id, long written, boolean whole) {
  static final int SIZE = 24;
  static final int SIGNATURE = 0x00002A2A;

  /** Header, a fragment header, an end, and the copy of the size. */
  static final int MIN_SIZE = SIZE + 4 + 1 + Integer.BYTES;

  /** Room of a chunk behind its header. */
  static final int MAX_SIZE = EventChunk.SIZE - EventChunk.HEADER;

  /** The header at {@code at}, or null when no record can start there. */
  static RecordHeader parse(byte[] bytes, int at, int to) {
    if (to - at < SIZE || LittleEndian.i32(bytes, at) != SIGNATURE) {
      return null;
    }
    int size = LittleEndian.i32(bytes, at + 4);
    long id = LittleEndian.i64(bytes, at + 8);
    long written = LittleEndian.i64(bytes, at + 16);
    if (size < MIN_SIZE || size > MAX_SIZE || id < 0 || !FileTime.plausible(written)) {
      return null;
    }
    boolean whole = size <= to - at && LittleEndian.i32(bytes, at + size - Integer.BYTES) == size;
    return new RecordHeader(size, id, written, whole);
  }
}
