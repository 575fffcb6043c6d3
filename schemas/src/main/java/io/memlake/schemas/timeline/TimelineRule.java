package io.memlake.schemas.timeline;

import io.memlake.schemas.Table;
import io.memlake.schemas.row.TimelineRow;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/** How the rows of one table become events. Positions of columns are looked up once. */
final class TimelineRule {
  private static final Pattern COLUMN = Pattern.compile("\\{(\\w+)}");
  private static final int MAX_MESSAGE = 4096;
  private static final String PARTITIONS = "case_id host";

  private final String table;
  private final List<String> texts = new ArrayList<>();
  private final List<Integer> values = new ArrayList<>();
  private final List<Integer> times = new ArrayList<>();
  private final List<String> meanings = new ArrayList<>();
  private final List<Integer> keys = new ArrayList<>();
  private final int[] copied;
  private final int pid;

  /**
   * The rule of a line.
   *
   * @throws IllegalArgumentException when it names a column that the table does not have
   */
  TimelineRule(Table table, String message, String columns) {
    this.table = table.name();
    Schema schema = table.avro();
    Matcher matcher = COLUMN.matcher(message);
    int end = 0;
    while (matcher.find()) {
      texts.add(message.substring(end, matcher.start()));
      values.add(position(schema, matcher.group(1)));
      end = matcher.end();
    }
    texts.add(message.substring(end));
    for (String column : columns.split(";", -1)) {
      int equals = column.indexOf('=');
      times.add(position(schema, column.substring(0, equals).strip()));
      meanings.add(column.substring(equals + 1).strip());
    }
    for (String column : table.sort()) {
      if (!PARTITIONS.contains(column)) {
        keys.add(position(schema, column));
      }
    }
    copied =
        new int[] {
          position(schema, "layer"),
          position(schema, "forensic_path"),
          position(schema, "confidence")
        };
    pid = schema.getField("pid") == null ? -1 : schema.getField("pid").pos();
  }

  private int position(Schema schema, String column) {
    Schema.Field field = schema.getField(column);
    if (field == null) {
      throw new IllegalArgumentException("Table " + table + " has no column " + column);
    }
    return field.pos();
  }

  /** The events of a row in the order of time, one a moment. */
  List<TimelineRow> events(IndexedRecord row) {
    Map<Instant, String> moments = new TreeMap<>();
    for (int i = 0; i < times.size(); i++) {
      add(moments, row.get(times.get(i)), meanings.get(i));
    }
    if (moments.isEmpty()) {
      return List.of();
    }
    String message = message(row);
    String key = key(row);
    List<TimelineRow> events = new ArrayList<>();
    moments.forEach((time, meaning) -> events.add(event(row, time, meaning, message, key)));
    return events;
  }

  private static void add(Map<Instant, String> moments, Object value, String meaning) {
    if (value instanceof Instant time) {
      moments.merge(time, meaning, (one, other) -> one + "; " + other);
    } else if (value instanceof List<?> list) {
      for (Object text : list) {
        try {
          moments.putIfAbsent(Instant.parse(text.toString()), meaning);
        } catch (DateTimeException e) {
          throw new IllegalArgumentException("\"" + text + "\" is no time", e);
        }
      }
    }
  }

  private TimelineRow event(
      IndexedRecord row, Instant time, String meaning, String message, String key) {
    TimelineRow event = new TimelineRow();
    event.setSource("derived");
    event.setLayer((String) row.get(copied[0]));
    event.setForensicPath((String) row.get(copied[1]));
    Object confidence = row.get(copied[2]);
    event.setConfidence(confidence instanceof Integer number ? number : 100);
    event.setDatetime(time);
    event.setTimestampDesc(meaning);
    event.setMessage(message);
    event.setSourceTable(table);
    event.setEntityKey(key);
    event.setPid(pid >= 0 && row.get(pid) instanceof Integer number ? number : null);
    return event;
  }

  private String message(IndexedRecord row) {
    StringBuilder message = new StringBuilder(texts.get(0));
    for (int i = 0; i < values.size(); i++) {
      Object value = row.get(values.get(i));
      message.append(value == null ? "" : value).append(texts.get(i + 1));
    }
    String line = message.toString().replaceAll("\\p{Cntrl}+", " ").strip();
    return line.length() <= MAX_MESSAGE ? line : line.substring(0, MAX_MESSAGE);
  }

  private String key(IndexedRecord row) {
    StringBuilder key = new StringBuilder();
    for (int position : keys) {
      Object value = row.get(position);
      key.append(key.length() == 0 ? "" : "|").append(value == null ? "" : value);
    }
    return key.toString();
  }
}
