package io.memlake.engine.image.minidump;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.bytes.Hex;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.image.ContainerBytes;
import io.memlake.engine.image.CorruptImageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The directory of a minidump, and lists of records in its streams.
 *
 * <pre>
 * header    = "MDMP", u32 version (low half A793), u32 streams, u32 directory, u32, u32 time, u64 flags
 * directory = { u32 type, u32 size, u32 offset }
 * list      = u32 count, [4 bytes], { record }
 *           | u32 length of this head, u32 length of a record, u32 count, ..., { record }
 * string    = u32 bytes, UTF-16
 * </pre>
 */
final class Streams {
  static final String MARK = "MDMP\u0093\u00A7";

  private static final int HEADER = 32;
  private static final int ENTRY = 12;
  private static final int MAX_STREAMS = 4096;

  /** Records of a list; a process of a terabyte has fewer ranges. */
  private static final int MAX_RECORDS = 1 << 20;

  /** Bytes of a list. */
  private static final int MAX_LIST = 128 << 20;

  /** Characters of a name; longer than any path. */
  private static final int MAX_NAME = 0x8000;

  private final ByteSource file;
  private final List<String> warnings;
  private final byte[] header;
  private final Map<Integer, long[]> streams = new HashMap<>();

  /**
   * Reads the directory.
   *
   * @throws CorruptImageException when it is outside the file
   */
  Streams(ByteSource file, List<String> warnings) throws IOException {
    this.file = file;
    this.warnings = warnings;
    this.header = ContainerBytes.read(file, 0, HEADER, "the minidump header");
    long count = LittleEndian.u32(header, 8);
    long at = LittleEndian.u32(header, 12);
    if (count == 0 || count > MAX_STREAMS || at + count * ENTRY > file.size()) {
      throw new CorruptImageException(
          file.name(),
          8,
          "a directory of " + count + " streams at " + Hex.address(at) + " does not fit the file");
    }
    byte[] directory = ContainerBytes.read(file, at, (int) count * ENTRY, "the stream directory");
    int outside = 0;
    for (int i = 0; i < directory.length; i += ENTRY) {
      int type = LittleEndian.i32(directory, i);
      if (LittleEndian.u32(directory, i + 8) + LittleEndian.u32(directory, i + 4) > file.size()) {
        outside++;
      }
      if (type != 0) {
        streams.putIfAbsent(
            type,
            new long[] {LittleEndian.u32(directory, i + 8), LittleEndian.u32(directory, i + 4)});
      }
    }
    if (outside > 0) {
      warnings.add(outside + " of " + count + " streams are not or not wholly in the file");
    }
  }

  /** When the dump was written, in seconds since 1970. */
  long time() {
    return LittleEndian.u32(header, 20);
  }

  long flags() {
    return LittleEndian.i64(header, 24);
  }

  boolean has(int type) {
    return streams.containsKey(type);
  }

  /** Up to {@code length} first bytes of a stream; none when there is no such stream. */
  byte[] head(int type, int length) throws IOException {
    long[] stream = streams.get(type);
    return stream == null
        ? new byte[0]
        : ContainerBytes.readUpTo(file, stream[0], (int) Math.min(length, stream[1]));
  }

  long offset(int type) {
    return streams.get(type)[0];
  }

  /**
   * The records of a list that begins with their number.
   *
   * @param record bytes of a record
   */
  Records list(int type, int record) throws IOException {
    byte[] head = head(type, 4);
    if (head.length < 4) {
      return Records.NONE;
    }
    long count = LittleEndian.u32(head, 0);
    long[] stream = streams.get(type);
    // Some writers align the first record to eight bytes.
    int start = stream[1] - count * record == 8 ? 8 : 4;
    return records(type, start, record, count);
  }

  /** The records of a list that begins with the lengths of its head and of a record. */
  Records selfDescribed(int type, int shortest, boolean wideCount) throws IOException {
    byte[] head = head(type, 16);
    if (head.length < (wideCount ? 16 : 12)) {
      return Records.NONE;
    }
    long start = LittleEndian.u32(head, 0);
    long record = LittleEndian.u32(head, 4);
    long count = wideCount ? LittleEndian.i64(head, 8) : LittleEndian.u32(head, 8);
    if (start < 12 || start > 4096 || record < shortest || record > 4096) {
      warnings.add("The list of kind " + type + " has records of " + record + " bytes; not read");
      return Records.NONE;
    }
    return records(type, (int) start, (int) record, count);
  }

  private Records records(int type, int start, int record, long count) throws IOException {
    long[] stream = streams.get(type);
    long at = stream[0] + start;
    long room = Math.min(stream[1] - start, file.size() - at);
    long held =
        Math.max(0, Math.min(Math.min(count, MAX_RECORDS), Math.min(room, MAX_LIST) / record));
    if (count < 0 || held < count) {
      warnings.add(
          "The list of kind "
              + type
              + " claims "
              + Long.toUnsignedString(count)
              + " records, "
              + held
              + " are in the file");
    }
    byte[] bytes = ContainerBytes.readUpTo(file, at, (int) held * record);
    return new Records(bytes, record, at);
  }

  /** A string of the dump; empty when its place is not in the file. */
  String text(long offset) throws IOException {
    if (offset == 0) {
      return "";
    }
    byte[] length = ContainerBytes.readUpTo(file, offset, 4);
    if (length.length < 4) {
      return "";
    }
    long bytes = Math.min(2L * MAX_NAME, LittleEndian.u32(length, 0));
    byte[] text = ContainerBytes.readUpTo(file, offset + 4, (int) bytes & ~1);
    return new String(text, StandardCharsets.UTF_16LE);
  }

  /** Bytes anywhere in the file, as far as they are there. */
  byte[] bytes(long offset, int length) throws IOException {
    return ContainerBytes.readUpTo(file, offset, length);
  }

  /** Records of one length that follow each other. */
  static final class Records {
    static final Records NONE = new Records(new byte[0], 1, 0);

    private final byte[] bytes;
    private final int record;
    private final long at;

    Records(byte[] bytes, int record, long at) {
      this.bytes = bytes;
      this.record = record;
      this.at = at;
    }

    int count() {
      return bytes.length / record;
    }

    byte[] bytes() {
      return bytes;
    }

    /** Where a record begins in {@link #bytes}. */
    int start(int number) {
      return number * record;
    }

    int length() {
      return record;
    }

    /** Where a record begins in the file. */
    long place(int number) {
      return at + (long) number * record;
    }
  }
}
