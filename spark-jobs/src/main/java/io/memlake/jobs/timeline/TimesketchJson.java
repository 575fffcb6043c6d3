package io.memlake.jobs.timeline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;

/** One JSON object a line, with the fields that Timesketch asks for first. */
final class TimesketchJson implements TimelineWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final PrintStream out;

  TimesketchJson(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin() {
    // Lines stand by themselves.
  }

  @Override
  public void event(TimelineEvent event) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("message", FieldLimit.cut(event.message()));
      json.writeStringField("datetime", event.datetime().toString());
      json.writeStringField("timestamp_desc", event.meaning());
      json.writeNumberField(
          "timestamp", ChronoUnit.MICROS.between(java.time.Instant.EPOCH, event.datetime()));
      json.writeStringField("data_type", "memory:" + event.table());
      json.writeStringField("hostname", event.host());
      if (event.pid() != null) {
        json.writeNumberField("pid", event.pid());
      }
      json.writeStringField("entity_key", FieldLimit.cut(event.key()));
      json.writeStringField("forensic_path", event.path());
      json.writeArrayFieldStart("tag");
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.print(line + "\n");
  }
}
