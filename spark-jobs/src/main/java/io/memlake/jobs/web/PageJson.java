package io.memlake.jobs.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.memlake.engine.bytes.Hex;
import io.memlake.jobs.output.MarkupEscapes;
import io.memlake.jobs.output.ResultColumn;
import io.memlake.jobs.panels.PanelAnswer;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes answers of panels as JSON for the scripts of a page. */
public final class PageJson implements Closeable {
  /** Whole numbers beyond this change when a script reads them as numbers. */
  private static final long MAX_EXACT = 1L << 53;

  private final JsonGenerator json;

  /** JSON to {@code out}, which stays open. */
  public PageJson(Writer out) throws IOException {
    json = new JsonFactory().createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setCharacterEscapes(new MarkupEscapes());
  }

  /** The generator, for what is no panel. */
  public JsonGenerator generator() {
    return json;
  }

  /** Writes a panel with its rows. */
  public void panel(PanelAnswer answer) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", answer.panel().id());
    json.writeStringField("title", answer.panel().title());
    json.writeStringField("about", answer.panel().about());
    json.writeStringField("section", answer.panel().section().word());
    json.writeStringField("chart", answer.panel().chart().word());
    json.writeStringField("sql", answer.panel().sql());
    json.writeStringField("state", answer.state().name().toLowerCase(Locale.ROOT));
    json.writeStringField("message", answer.message());
    json.writeBooleanField("cut", answer.cut());
    json.writeNumberField("millis", answer.millis());
    rows(answer.columns(), answer.rows());
    json.writeEndObject();
  }

  /** Writes the fields {@code columns} and {@code rows} of an object. */
  public void rows(List<ResultColumn> columns, List<List<Object>> rows) throws IOException {
    json.writeArrayFieldStart("columns");
    for (ResultColumn column : columns) {
      json.writeString(column.name());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("rows");
    for (List<Object> row : rows) {
      json.writeStartArray();
      for (int at = 0; at < columns.size(); at++) {
        Object value = row.get(at);
        if (columns.get(at).hex() && value instanceof Long number) {
          json.writeString(Hex.address(number));
        } else {
          value(value);
        }
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }

  private void value(Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Double || value instanceof Float) {
      json.writeNumber(((Number) value).doubleValue());
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number.doubleValue());
    } else if (value instanceof Number number) {
      number(number.longValue());
    } else if (value instanceof byte[] bytes) {
      json.writeString(Hex.bytes(bytes));
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        value(element);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        value(entry.getValue());
      }
      json.writeEndObject();
    } else {
      json.writeString(value.toString());
    }
  }

  private void number(long number) throws IOException {
    if (number > -MAX_EXACT && number < MAX_EXACT) {
      json.writeNumber(number);
    } else {
      json.writeString(Long.toString(number));
    }
  }
}
