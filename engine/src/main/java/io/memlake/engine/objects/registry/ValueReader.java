package io.memlake.engine.objects.registry;

import io.memlake.engine.bytes.LittleEndian;
import io.memlake.schemas.evidence.Absence;
import java.io.IOException;
import java.util.Arrays;

/**
 * Values and their data.
 *
 * <p>Data of at most 4 bytes stand in the value itself. Data of more than 16,344 bytes are cut into
 * segments of that size ("db", hives of version 1.4 and later):
 *
 * <pre>db = "db" count:2 list:4     list = { segment:4 }     segment = 16344 bytes, the last fewer
 * </pre>
 */
final class ValueReader {
  /** Data that one segment holds: 16 KiB less the header of its cell and 36 bytes of slack. */
  static final int SEGMENT = 16_344;

  private static final int BIG_DATA = 0x6264;
  private static final int BIG_DATA_SIZE = 8;

  private final CellReader reader;

  ValueReader(CellReader reader) {
    this.reader = reader;
  }

  /** The cells of a list of values. */
  int[] list(int cell, long count, GapSink gaps) throws IOException, CellException {
    String what = "a list of values";
    int size = reader.size(cell, what);
    long room = (Math.abs((long) size) - CellReader.HEADER) / Integer.BYTES;
    int entries = (int) Math.min(count, Math.min(room, Hive.MAX_VALUES));
    if (entries < count) {
      gaps.gap(
          CellReader.unparsable(
                  cell, what + " has room for " + entries + " of " + count + " entries")
              .gap());
    }
    byte[] body = new byte[entries * Integer.BYTES];
    boolean[] present = new boolean[body.length];
    int missing = reader.sparse(cell + CellReader.HEADER, body, body.length, present);
    if (missing > 0) {
      gaps.gap(
          Hive.unreadable(
              cell,
              missing / Integer.BYTES + " entries of a list of values are in an absent page"));
    }
    int[] found = new int[entries];
    int filled = 0;
    for (int at = 0; at < body.length; at += Integer.BYTES) {
      if (present[at]) {
        found[filled++] = LittleEndian.i32(body, at);
      }
    }
    return Arrays.copyOf(found, filled);
  }

  ValueNode node(int cell) throws IOException, CellException {
    int size = reader.size(cell, "a value");
    byte[] fixed = reader.body(cell, size, ValueNode.FIXED, "a value");
    if (LittleEndian.u16(fixed, 0) != ValueNode.SIGNATURE) {
      throw CellReader.unparsable(cell, "a value has no signature vk");
    }
    int length = ValueNode.FIXED + ValueNode.nameLength(fixed, 0);
    byte[] body = reader.body(cell, size, length, "the name of a value");
    return ValueNode.parse(cell, size < 0, body, 0);
  }

  ValueData data(ValueNode value, GapSink gaps) throws IOException {
    int length = value.dataLength();
    if (value.resident()) {
      byte[] bytes = new byte[Integer.BYTES];
      LittleEndian.putI32(bytes, 0, value.dataCell());
      int kept = Math.min(length, Integer.BYTES);
      if (kept < length) {
        gaps.gap(
            CellReader.unparsable(value.cell(), "a value claims " + length + " bytes inside itself")
                .gap());
      }
      return new ValueData(Arrays.copyOf(bytes, kept), length, length - kept);
    }
    if (length == 0) {
      return new ValueData(new byte[0], 0, 0);
    }
    try {
      return stored(value, length, gaps);
    } catch (CellException e) {
      gaps.gap(e.gap());
      return new ValueData(new byte[0], length, length);
    }
  }

  private ValueData stored(ValueNode value, int length, GapSink gaps)
      throws IOException, CellException {
    String what = "the data of a value";
    int cell = value.dataCell();
    int size = reader.size(cell, what);
    long room = Math.abs((long) size) - CellReader.HEADER;
    if (length > SEGMENT && room >= BIG_DATA_SIZE && room < length) {
      byte[] header = reader.body(cell, size, BIG_DATA_SIZE, what);
      if (LittleEndian.u16(header, 0) == BIG_DATA) {
        return segments(cell, header, length, gaps);
      }
    }
    int kept = (int) Math.min(length, Math.min(room, Hive.MAX_DATA));
    if (kept < length) {
      gaps.gap(
          CellReader.unparsable(cell, what + " has " + kept + " of " + length + " bytes").gap());
    }
    byte[] bytes = new byte[kept];
    int missing = reader.sparse(cell + CellReader.HEADER, bytes, kept, null);
    if (missing > 0) {
      gaps.gap(
          Hive.unreadable(cell, missing + " bytes of " + what + " are in a page that is absent"));
    }
    return new ValueData(bytes, length, length - kept + missing);
  }

  private ValueData segments(int cell, byte[] header, int length, GapSink gaps)
      throws IOException, CellException {
    int count = LittleEndian.u16(header, 2);
    int needed = (int) (((long) length + SEGMENT - 1) / SEGMENT);
    int kept = Math.min(length, Hive.MAX_DATA);
    if (count != needed || kept < length) {
      gaps.gap(
          CellReader.unparsable(cell, "big data of " + length + " bytes in " + count + " segments")
              .gap());
      kept = (int) Math.min(kept, (long) count * SEGMENT);
    }
    int[] list = list(LittleEndian.i32(header, 4), count, gaps);
    byte[] bytes = new byte[kept];
    int missing = length - kept;
    for (int i = 0; i * SEGMENT < kept; i++) {
      int part = Math.min(SEGMENT, kept - i * SEGMENT);
      missing += i < list.length ? segment(list[i], bytes, i * SEGMENT, part, gaps) : part;
    }
    return new ValueData(bytes, length, missing);
  }

  /** Copies one segment and says how many of its bytes are missing. */
  private int segment(int cell, byte[] target, int offset, int length, GapSink gaps)
      throws IOException {
    String what = "a segment of big data";
    try {
      int size = reader.size(cell, what);
      int room = (int) Math.min(length, Math.abs((long) size) - CellReader.HEADER);
      byte[] part = new byte[room];
      int missing = reader.sparse(cell + CellReader.HEADER, part, room, null);
      System.arraycopy(part, 0, target, offset, room);
      if (missing > 0 || room < length) {
        gaps.gap(
            new HiveGap(
                cell,
                missing > 0 ? Absence.UNREADABLE : Absence.UNPARSABLE,
                what + " lacks " + (missing + length - room) + " of " + length + " bytes"));
      }
      return missing + length - room;
    } catch (CellException e) {
      gaps.gap(e.gap());
      return length;
    }
  }
}
