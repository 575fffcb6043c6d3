package io.memlake.testdata.trace;

import io.memlake.testdata.kernel.SystemClock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Writes an event log of one chunk. Every record carries a template of its own with its texts in it
 * and its numbers as values, which is the plainest form that readers accept.
 */
public final class EventLogWriter {
  private static final int CHUNK = 0x10000;
  private static final int FILE_HEADER = 0x1000;
  private static final int FIRST_RECORD = 0x200;
  private static final int NO_DEPENDENCY = 0xFFFF;
  private static final int UINT8 = 4;
  private static final int UINT16 = 6;
  private static final int UINT64 = 10;

  private final String channel;
  private final String provider;
  private final String computer;
  private final TraceBytes chunk = new TraceBytes().padTo(FIRST_RECORD);
  private int records;
  private int lastRecord;

  /** A log without records. */
  public EventLogWriter(String channel, String provider, String computer) {
    this.channel = channel;
    this.provider = provider;
    this.computer = computer;
  }

  /**
   * Adds an event.
   *
   * @param data names and values, in order
   */
  public EventLogWriter event(int id, Instant time, Map<String, String> data) {
    lastRecord = chunk.size();
    records++;
    chunk.u32(0x2A2A).u32(0).u64(records).u64(SystemClock.fileTime(time));
    chunk.u8(0x0F).u8(1).u8(1).u8(0).u8(0x0C).u8(1).u32(records);
    chunk.u32(chunk.size() + Integer.BYTES);
    chunk.u32(0).u32(records).u32(0x4D656D6CL).u64(0x616B652074657374L);
    int length = chunk.size();
    chunk.u32(0);
    chunk.u8(0x0F).u8(1).u8(1).u8(0);
    body(time, data);
    chunk.u8(0);
    chunk.set32(length, chunk.size() - length - Integer.BYTES);
    chunk.u32(3).u16(2).u8(UINT16).u8(0).u16(1).u8(UINT8).u8(0).u16(8).u8(UINT64).u8(0);
    chunk.u16(id).u8(4).u64(records).u8(0);
    chunk.padTo((chunk.size() + Integer.BYTES + 7) / 8 * 8 - Integer.BYTES);
    int size = chunk.size() + Integer.BYTES - lastRecord;
    chunk.u32(size).set32(lastRecord + Integer.BYTES, size);
    if (chunk.size() > CHUNK) {
      throw new IllegalStateException("More events than a chunk holds");
    }
    return this;
  }

  private void body(Instant time, Map<String, String> data) {
    int event = open("Event", "xmlns", "http://schemas.microsoft.com/win/2004/08/events/event");
    int system = open("System");
    close(open("Provider", "Name", provider));
    value("EventID", 0, UINT16);
    value("Level", 1, UINT8);
    close(open("TimeCreated", "SystemTime", time.toString()));
    value("EventRecordID", 2, UINT64);
    element("Channel", channel);
    element("Computer", computer);
    close(system);
    int values = open("EventData");
    data.forEach(
        (name, value) -> {
          int element = open("Data", "Name", name);
          text(value);
          close(element);
        });
    close(values);
    close(event);
  }

  private void value(String name, int number, int type) {
    int element = open(name);
    chunk.u8(0x0D).u16(number).u8(type);
    close(element);
  }

  private void element(String name, String value) {
    int element = open(name);
    text(value);
    close(element);
  }

  /** Opens an element and returns where its size stands. */
  private int open(String name, String... attributes) {
    chunk.u8(attributes.length == 0 ? 0x01 : 0x41).u16(NO_DEPENDENCY);
    int size = chunk.size();
    chunk.u32(0);
    name(name);
    if (attributes.length > 0) {
      int list = chunk.size();
      chunk.u32(0);
      for (int i = 0; i < attributes.length; i += 2) {
        chunk.u8(i + 2 < attributes.length ? 0x46 : 0x06);
        name(attributes[i]);
        text(attributes[i + 1]);
      }
      chunk.set32(list, chunk.size() - list - Integer.BYTES);
    }
    chunk.u8(0x02);
    return size;
  }

  private void close(int size) {
    chunk.u8(0x04);
    chunk.set32(size, chunk.size() - size - Integer.BYTES);
  }

  private void text(String text) {
    chunk.u8(0x05).u8(1).u16(text.length()).utf16(text);
  }

  private void name(String name) {
    chunk.u32(chunk.size() + Integer.BYTES);
    int hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = hash * 65599 + name.charAt(i);
    }
    chunk.u32(0).u16(hash).u16(name.length()).utf16(name).u16(0);
  }

  /** The file: header and chunk. */
  public byte[] toByteArray() {
    byte[] content = chunk.toByteArray();
    TraceBytes head = new TraceBytes();
    head.ascii("ElfChnk").u8(0).u64(1).u64(records).u64(1).u64(records).u32(0x80);
    head.u32(lastRecord).u32(content.length);
    head.u32(crc(content, FIRST_RECORD, content.length)).padTo(FIRST_RECORD);
    byte[] plain = head.toByteArray();
    CRC32 check = new CRC32();
    check.update(plain, 0, 0x78);
    check.update(plain, 0x80, FIRST_RECORD - 0x80);
    head.set32(0x7C, check.getValue());
    System.arraycopy(head.toByteArray(), 0, content, 0, FIRST_RECORD);
    TraceBytes file = new TraceBytes();
    file.ascii("ElfFile").u8(0).u64(0).u64(0).u64(records + 1).u32(0x80).u16(1).u16(3);
    file.u16(FILE_HEADER).u16(1).padTo(0x7C);
    file.u32(crc(file.toByteArray(), 0, 0x78)).padTo(FILE_HEADER);
    return file.add(Arrays.copyOf(content, CHUNK)).toByteArray();
  }

  private static long crc(byte[] bytes, int from, int to) {
    CRC32 check = new CRC32();
    check.update(bytes, from, to - from);
    return check.getValue();
  }
}
