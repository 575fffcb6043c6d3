package io.memlake.jobs.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.memlake.engine.bytes.Hex;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** JSON objects with the columns as names; numbers stay numbers, addresses too. */
final class JsonWriter implements ResultWriter {
  private final List<ResultColumn> columns;
  private final Shape shape;
  private final PrintStream out;
  private final JsonGenerator json;
  private boolean wrote;

  JsonWriter(PrintStream out, List<ResultColumn> columns, Shape shape) throws IOException {
    this.columns = columns;
    this.shape = shape;
    this.out = out;
    json = new JsonFactory().createGenerator(out);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.setCharacterEscapes(new MarkupEscapes());
    json.setPrettyPrinter(new MinimalPrettyPrinter(shape == Shape.LINES ? "\n" : ",\n"));
  }

  @Override
  public void row(List<?> values) throws IOException {
    if (!wrote && shape == Shape.DOCUMENT) {
      out.print("[\n");
    }
    wrote = true;
    json.writeStartObject();
    for (int i = 0; i < columns.size(); i++) {
      json.writeFieldName(columns.get(i).name());
      value(values.get(i));
    }
    json.writeEndObject();
  }

  @Override
  public void close() throws IOException {
    json.close();
    if (shape == Shape.DOCUMENT) {
      out.print(wrote ? "\n]\n" : "[]\n");
    } else if (wrote) {
      out.print("\n");
    }
    out.flush();
  }

  private void value(Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Double || value instanceof Float) {
      json.writeNumber(((Number) value).doubleValue());
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
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
        json.writeFieldName(CellText.of(entry.getKey()));
        value(entry.getValue());
      }
      json.writeEndObject();
    } else {
      json.writeString(value.toString());
    }
  }

  /** One array, or one object a line. */
  enum Shape {
    DOCUMENT,
    LINES
  }
}
