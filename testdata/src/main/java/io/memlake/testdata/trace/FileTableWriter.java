package io.memlake.testdata.trace;

import io.memlake.testdata.kernel.SystemClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Writes records of an NTFS master file table, 1024 bytes each, from number 0 on. */
public final class FileTableWriter {
  /** Number of the root directory. */
  public static final int ROOT = 5;

  private static final int RECORD = 1024;
  private static final int SECTOR = 512;
  private static final int FIRST_ATTRIBUTE = 0x38;
  private static final int IN_USE = 1;
  private static final int DIRECTORY = 2;
  private static final long DIRECTORY_ATTRIBUTE = 1L << 28;
  private static final int RESIDENT_HEADER = 0x18;

  private final TraceBytes table = new TraceBytes();
  private final long time;

  /** A table whose files all have the same times; records before the first are free. */
  public FileTableWriter(Instant written) {
    time = SystemClock.fileTime(written);
    for (int number = 0; number < ROOT; number++) {
      table.add(new byte[RECORD]);
    }
    record(".", ROOT, true, null, null);
  }

  /** Adds a directory and returns its number. */
  public int directory(int parent, String name) {
    return record(name, parent, true, null, null);
  }

  /**
   * Adds a file with resident data.
   *
   * @param zone content of the alternate stream {@code Zone.Identifier}; null for none
   */
  public int file(int parent, String name, byte[] data, String zone) {
    return record(name, parent, false, data, zone);
  }

  /** The table. */
  public byte[] toByteArray() {
    return table.toByteArray();
  }

  private int record(String name, int parent, boolean directory, byte[] data, String zone) {
    int number = table.size() / RECORD;
    TraceBytes record = new TraceBytes();
    record.ascii("FILE").u16(0x30).u16(3).u64(1000 + number).u16(1).u16(1).u16(FIRST_ATTRIBUTE);
    record.u16(IN_USE | (directory ? DIRECTORY : 0)).u32(0).u32(RECORD).u64(0).u16(8).u16(0);
    record.u32(number).padTo(FIRST_ATTRIBUTE);
    TraceBytes standard = new TraceBytes();
    times(standard).u32(0x20).padTo(0x48);
    attribute(record, 0x10, "", standard.toByteArray());
    TraceBytes named = new TraceBytes().u64(parent | 1L << 48);
    long size = data == null ? 0 : data.length;
    times(named).u64(size).u64(size).u32(directory ? DIRECTORY_ATTRIBUTE : 0x20).u32(0);
    named.u8(name.length()).u8(1).utf16(name);
    attribute(record, 0x30, "", named.toByteArray());
    if (data != null) {
      attribute(record, 0x80, "", data);
    }
    if (zone != null) {
      attribute(record, 0x80, "Zone.Identifier", zone.getBytes(StandardCharsets.UTF_8));
    }
    record.u32(0xFFFFFFFFL).u32(0);
    record.set32(0x18, record.size());
    record.padTo(RECORD);
    protect(record);
    table.add(record.toByteArray());
    return number;
  }

  private TraceBytes times(TraceBytes bytes) {
    return bytes.u64(time).u64(time).u64(time).u64(time);
  }

  private static void attribute(TraceBytes record, int type, String name, byte[] value) {
    int valueAt = (RESIDENT_HEADER + name.length() * Character.BYTES + 7) / 8 * 8;
    int length = (valueAt + value.length + 7) / 8 * 8;
    int start = record.size();
    record.u32(type).u32(length).u8(0).u8(name.length()).u16(RESIDENT_HEADER).u16(0).u16(0);
    record.u32(value.length).u16(valueAt).u16(0).utf16(name).padTo(start + valueAt);
    record.add(value).padTo(start + length);
  }

  /** Puts the update sequence number at the end of each sector. */
  private static void protect(TraceBytes record) {
    record.set16(0x30, 1);
    for (int sector = 1; sector <= RECORD / SECTOR; sector++) {
      int last = sector * SECTOR - Short.BYTES;
      record.set16(0x30 + sector * Short.BYTES, record.get16(last));
      record.set16(last, 1);
    }
  }
}
