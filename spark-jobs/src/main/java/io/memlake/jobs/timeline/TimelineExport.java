package io.memlake.jobs.timeline;

import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.sql.LakeQuery;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Writes the timeline of a lake, whose views are registered, in another tool's format. */
public final class TimelineExport {
  private static final String COLUMNS =
      "datetime, timestamp_desc, message, source_table, host, entity_key, pid, forensic_path";

  private TimelineExport() {}

  /**
   * Writes events in the order of time.
   *
   * @param condition what rows are wanted, in SQL; empty for all
   * @return how many events were written
   */
  public static long write(
      SparkSession session, String condition, TimelineFormat format, PrintStream out)
      throws IOException {
    String query =
        "SELECT "
            + COLUMNS
            + " FROM timeline"
            + (condition.isEmpty() ? "" : " WHERE " + condition)
            + " ORDER BY datetime, host, source_table, entity_key, timestamp_desc, message";
    TimelineWriter writer = format.writer(out);
    writer.begin();
    Events events = new Events(writer);
    LakeQuery.run(session, query).writeTo(events);
    out.flush();
    return events.count;
  }

  private static final class Events implements ResultWriter {
    private final TimelineWriter writer;
    private long count;

    Events(TimelineWriter writer) {
      this.writer = writer;
    }

    @Override
    public void row(List<?> values) {
      count++;
      writer.event(
          new TimelineEvent(
              (Instant) values.get(0),
              text(values.get(1)),
              text(values.get(2)),
              text(values.get(3)),
              text(values.get(4)),
              text(values.get(5)),
              (Integer) values.get(6),
              text(values.get(7))));
    }

    private static String text(Object value) {
      return value == null ? "" : value.toString();
    }

    @Override
    public void close() {
      // The stream is the caller's.
    }
  }
}
