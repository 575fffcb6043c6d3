package io.memlake.engine.objects.eventlog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of an event as a JSON object. */
final class EventJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private EventJson() {}

  static String of(List<EventData> data) {
    Map<String, List<String>> byName = new LinkedHashMap<>();
    for (EventData value : data) {
      byName.computeIfAbsent(value.name(), name -> new ArrayList<>()).add(value.value());
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, List<String>> entry : byName.entrySet()) {
        json.writeFieldName(entry.getKey());
        if (entry.getValue().size() == 1) {
          json.writeString(entry.getValue().get(0));
        } else {
          json.writeStartArray();
          for (String value : entry.getValue()) {
            json.writeString(value);
          }
          json.writeEndArray();
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("A string writer does not fail", e);
    }
    return text.toString();
  }
}
