package io.memlake.engine.objects.eventlog;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.value.Utf16;

/**
 * What is there of a chunk. Offsets in binary XML count from the start of the chunk, which may lie
 * before the bytes that were found.
 */
final class ChunkBytes {
  private static final int NAME_HEADER = 8;

  /** Names of elements are short; the longest in Windows have some fifty characters. */
  private static final int MAX_NAME = 1024;

  final byte[] bytes;

  /** Place in {@link #bytes} of the chunk's offset 0; may be below 0. */
  final int start;

  /** First place in {@link #bytes} that belongs to the chunk. */
  final int from;

  /** Place behind the last byte. */
  final int to;

  ChunkBytes(byte[] bytes, int start, int from, int to) {
    this.bytes = bytes;
    this.start = start;
    this.from = from;
    this.to = to;
  }

  /** Whether {@code length} bytes at a place of the array belong to the chunk. */
  boolean has(int place, int length) {
    return place >= from && length >= 0 && place <= to - length;
  }

  void need(int place, int length) throws BinXmlException {
    if (!has(place, length)) {
      throw new BinXmlException(place - start, "bytes of the chunk are missing");
    }
  }

  /** Place of a chunk offset, or -1 when it is not there. */
  int place(long offset) {
    long place = start + offset;
    return offset >= 0 && place >= from && place < to ? (int) place : -1;
  }

  /** Whether a name can be read at a place: its length fits and a NUL ends it. */
  boolean isName(int place) {
    if (place < 0 || !has(place, NAME_HEADER + Character.BYTES)) {
      return false;
    }
    int count = LittleEndian.u16(bytes, place + 6);
    int end = place + NAME_HEADER + count * Character.BYTES;
    return count > 0
        && count <= MAX_NAME
        && has(end, Character.BYTES)
        && bytes[end] == 0
        && bytes[end + 1] == 0
        && LittleEndian.u16(bytes, place + 4) == hash(place + NAME_HEADER, count);
  }

  /** The name at a place that {@link #isName} accepts. */
  String name(int place) {
    int count = LittleEndian.u16(bytes, place + 6);
    return Utf16.text(bytes, place + NAME_HEADER, count * Character.BYTES);
  }

  /** Bytes of the name at a place. */
  int nameSize(int place) {
    return NAME_HEADER + (LittleEndian.u16(bytes, place + 6) + 1) * Character.BYTES;
  }

  private int hash(int place, int count) {
    int hash = 0;
    for (int i = 0; i < count; i++) {
      hash = hash * 65_599 + LittleEndian.u16(bytes, place + i * Character.BYTES);
    }
    return hash & 0xFFFF;
  }
}
