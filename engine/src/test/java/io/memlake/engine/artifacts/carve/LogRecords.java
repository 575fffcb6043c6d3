package io.memlake.engine.artifacts.carve;

import io.memlake.engine.bytes.ByteSource;
import io.memlake.engine.objects.eventlog.EventChunk;
import io.memlake.engine.objects.eventlog.EventLogFile;
import io.memlake.engine.objects.eventlog.EventRecord;
import io.memlake.engine.objects.eventlog.EventSink;
import io.memlake.engine.objects.eventlog.TemplateStore;
import io.memlake.schemas.row.EvtxRow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What an event log says when it is read as a file. */
final class LogRecords implements EventSink {
  private static final int MAX_XML = 32_768;

  private final List<EventRecord> records = new ArrayList<>();
  private final List<EventRecord> ofChunks = new ArrayList<>();
  private final byte[] log;
  private boolean signed;

  private LogRecords(byte[] log) {
    this.log = log.clone();
  }

  static LogRecords of(byte[] log) throws Exception {
    LogRecords records = new LogRecords(log);
    EventLogFile.read(new Memory(log), new TemplateStore(), records);
    return records;
  }

  @Override
  public void chunk(EventChunk chunk) {
    int at = (int) chunk.offset();
    signed = new String(log, at, 7, StandardCharsets.US_ASCII).equals("ElfChnk");
  }

  @Override
  public void record(EventRecord record) {
    records.add(record);
    if (signed && record.origin() == EventRecord.Origin.CHUNK) {
      ofChunks.add(record);
    }
  }

  /** Number and text of the records of chunks that memory can tell: those with their signature. */
  List<String> ofChunks() {
    return ofChunks.stream().map(LogRecords::line).toList();
  }

  /** Numbers of all records, each once. */
  List<Long> ids() {
    return records.stream().map(EventRecord::recordId).distinct().toList();
  }

  private static String line(EventRecord record) {
    String xml = record.xml();
    String kept = xml.length() <= MAX_XML ? xml : xml.substring(0, MAX_XML);
    return record.recordId() + "|" + (xml.isEmpty() ? null : kept);
  }

  static String line(EvtxRow row) {
    return row.getRecordId() + "|" + row.getXml();
  }

  private static final class Memory implements ByteSource {
    private final byte[] bytes;

    Memory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public String name() {
      return "file";
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
      int count = (int) Math.max(0, Math.min(length, bytes.length - position));
      System.arraycopy(bytes, (int) Math.min(position, bytes.length), target, offset, count);
      return count;
    }

    @Override
    public void close() {}
  }
}
