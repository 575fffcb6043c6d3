package io.memlake.engine.artifacts.carve;

import io.memlake.engine.artifacts.FileTimes;
import io.memlake.engine.artifacts.RowSink;
import io.memlake.engine.bytes.LittleEndian;
import io.memlake.engine.objects.eventlog.EventCarver;
import io.memlake.engine.objects.eventlog.EventChunk;
import io.memlake.engine.objects.eventlog.EventRecord;
import io.memlake.engine.objects.eventlog.EventSink;
import io.memlake.engine.objects.eventlog.EventSystem;
import io.memlake.engine.objects.eventlog.TemplateStore;
import io.memlake.schemas.row.EvtxRow;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;

/** Event records, from whole chunks and from single pages of chunks that cannot be put together. */
final class EventRows {
  private static final String TABLE = "evtx";
  private static final int MAX_XML = 32_768;
  private static final int PAGE = 4096;
  private static final long CHUNK_SIGNATURE = 0x006B6E6843666C45L;

  private EventRows() {}

  static void chunk(Candidate candidate, Set<String> tables, RowSink<SpecificRecordBase> rows)
      throws IOException {
    byte[] bytes = candidate.bytes(EventChunk.SIZE);
    Optional<EventChunk> chunk = EventChunk.parse(bytes, 0, bytes.length, 0);
    if (chunk.isPresent()) {
      Records records = new Records();
      chunk.get().records(new TemplateStore(), records);
      for (EventRecord record : records.found) {
        rows(candidate, record, tables, rows);
      }
    }
  }

  /** Records that begin in a page of which no chunk is read. */
  static void records(Candidate candidate, Set<String> tables, RowSink<SpecificRecordBase> rows)
      throws IOException {
    if (belongsToChunk(candidate)) {
      return;
    }
    // Most records end in the next page; only for a longer one is more looked at.
    List<EventRecord> found = search(candidate, candidate.inPage() + PAGE);
    if (found.stream().anyMatch(record -> !record.problem().isEmpty())) {
      found = search(candidate, candidate.inPage() + EventChunk.SIZE);
    }
    for (EventRecord record : found) {
      rows(candidate, record, tables, rows);
    }
  }

  private static List<EventRecord> search(Candidate candidate, int limit) throws IOException {
    byte[] bytes = candidate.bytes(limit);
    Records records = new Records();
    new EventCarver(new TemplateStore()).search(bytes, 0, bytes.length, 0, records);
    // What begins in the next page is that page's own candidate.
    records.found.removeIf(record -> record.offset() >= candidate.inPage());
    return records.found;
  }

  /** Whether a chunk begins in one of the 15 pages before and is read up to this page. */
  private static boolean belongsToChunk(Candidate candidate) throws IOException {
    for (int pages = 1; pages < EventChunk.SIZE / PAGE; pages++) {
      byte[] head = candidate.head(pages, Long.BYTES);
      if (head.length == Long.BYTES && LittleEndian.i64(head, 0) == CHUNK_SIGNATURE) {
        return candidate.isReadFrom(pages);
      }
    }
    return false;
  }

  private static void rows(
      Candidate candidate, EventRecord record, Set<String> tables, RowSink<SpecificRecordBase> rows)
      throws IOException {
    if (tables.contains(TABLE)) {
      rows.accept(row(candidate, record));
    }
    EventTraces.rows(candidate, record, tables, rows);
  }

  private static EvtxRow row(Candidate candidate, EventRecord record) {
    EvtxRow row = candidate.stamp(new EvtxRow(), record.offset());
    row.setRecordId(record.recordId());
    row.setWritten(FileTimes.instant(record.written()));
    row.setOrigin(record.origin().name().toLowerCase(Locale.ROOT));
    row.setTemplate(record.template().name().toLowerCase(Locale.ROOT));
    row.setProblem(record.problem().isEmpty() ? null : record.problem());
    if (record.xml().isEmpty()) {
      row.setConfidence(50);
      return row;
    }
    system(row, record.system());
    row.setDataJson(record.dataJson());
    String xml = record.xml();
    row.setXml(xml.length() <= MAX_XML ? xml : xml.substring(0, MAX_XML));
    return row;
  }

  private static void system(EvtxRow row, EventSystem system) {
    row.setChannel(text(system.channel()));
    row.setProvider(text(system.provider()));
    row.setProviderGuid(text(system.providerGuid()));
    row.setEventId(number(system.eventId()));
    row.setVersion(number(system.version()));
    row.setLevel(number(system.level()));
    row.setTask(number(system.task()));
    row.setOpcode(number(system.opcode()));
    row.setKeywords(text(system.keywords()));
    row.setTimeCreated(time(system.timeCreated()));
    row.setComputer(text(system.computer()));
    row.setUserSid(text(system.userSid()));
    row.setProcessId(system.processId() < 0 ? null : system.processId());
    row.setThreadId(system.threadId() < 0 ? null : system.threadId());
    row.setActivityId(text(system.activityId()));
  }

  private static String text(String text) {
    return text.isEmpty() ? null : text;
  }

  private static Integer number(int number) {
    return number < 0 ? null : number;
  }

  static Instant time(String text) {
    try {
      return text.isEmpty() ? null : Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Keeps the records; the kind of chunk around them does not matter. */
  private static final class Records implements EventSink {
    private final List<EventRecord> found = new ArrayList<>();

    @Override
    public void chunk(EventChunk chunk) {}

    @Override
    public void record(EventRecord record) {
      found.add(record);
    }
  }
}
