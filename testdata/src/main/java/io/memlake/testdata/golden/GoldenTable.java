package io.memlake.testdata.golden;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A table for comparison: rows of named values (text, whole numbers of 64 bits that may be written
 * without sign, truth values, null), without order. Two tables match when they hold the same rows
 * equally often.
 *
 * <p>{@link #check(Path)} compares with a file of JSON lines; run with {@code -Dgolden.update=true}
 * it writes the file instead, for review in the diff.
 */
public final class GoldenTable {

  /** The property that makes {@link #check(Path)} write instead of compare. */
  public static final String UPDATE_PROPERTY = "golden.update";

  private static final int SHOWN_DIFFERENCES = 20;
  private static final int SHOWN_CHARACTERS = 400;

  private final List<Map<String, Object>> rows;

  private GoldenTable(List<Map<String, Object>> rows) {
    this.rows = rows;
  }

  /** A table of rows; whole numbers of any width are equal when their values are. */
  public static GoldenTable of(List<? extends Map<String, ?>> rows) {
    List<Map<String, Object>> copies = new ArrayList<>();
    for (Map<String, ?> row : rows) {
      Map<String, Object> copy = new TreeMap<>();
      row.forEach((column, value) -> copy.put(column, plain(value)));
      copies.add(copy);
    }
    return new GoldenTable(copies);
  }

  private static Object plain(Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    return value;
  }

  /** Reads a file of JSON lines. Values that are lists or objects are left out. */
  public static GoldenTable readJsonLines(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return readJsonLines(in);
    }
  }

  /** Reads JSON lines. Values that are lists or objects are left out. */
  public static GoldenTable readJsonLines(InputStream in) throws IOException {
    List<Map<String, Object>> rows = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(in)) {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        Map<String, Object> row = new TreeMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String column = json.currentName();
          switch (json.nextToken()) {
            case START_OBJECT, START_ARRAY -> json.skipChildren();
            case VALUE_NUMBER_INT -> row.put(column, json.getBigIntegerValue().longValue());
            case VALUE_TRUE, VALUE_FALSE -> row.put(column, json.getBooleanValue());
            case VALUE_NULL -> row.put(column, null);
            default -> row.put(column, json.getText());
          }
        }
        rows.add(row);
      }
    }
    return new GoldenTable(rows);
  }

  /** The rows. */
  public List<Map<String, Object>> rows() {
    return rows;
  }

  /** The same rows with these columns only; a column that a row lacks is null. */
  public GoldenTable select(String... columns) {
    List<Map<String, Object>> selected = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      Map<String, Object> part = new TreeMap<>();
      for (String column : columns) {
        part.put(column, row.get(column));
      }
      selected.add(part);
    }
    return new GoldenTable(selected);
  }

  /**
   * Says how an actual table differs from this expected one.
   *
   * @return text that lists missing and unexpected rows; empty when the tables match
   */
  public String differencesTo(GoldenTable actual) {
    Map<String, Integer> counts = new TreeMap<>();
    rows.forEach(row -> counts.merge(json(row), 1, Integer::sum));
    actual.rows.forEach(row -> counts.merge(json(row), -1, Integer::sum));
    StringBuilder text = new StringBuilder();
    int differences = 0;
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      int count = entry.getValue();
      if (count == 0) {
        continue;
      }
      if (differences++ < SHOWN_DIFFERENCES) {
        text.append(count > 0 ? "missing    " : "unexpected ");
        text.append(shortened(entry.getKey())).append('\n');
      }
    }
    if (differences > SHOWN_DIFFERENCES) {
      text.append("and ").append(differences - SHOWN_DIFFERENCES).append(" more\n");
    }
    return text.toString();
  }

  private static String shortened(String row) {
    return row.length() <= SHOWN_CHARACTERS ? row : row.substring(0, SHOWN_CHARACTERS) + "...";
  }

  /**
   * Compares this table, as the actual one, with an expected one.
   *
   * @throws AssertionError with the differences
   */
  public void check(GoldenTable expected) {
    String differences = expected.differencesTo(this);
    if (!differences.isEmpty()) {
      throw new AssertionError("Tables differ:\n" + differences);
    }
  }

  /**
   * Compares this table, as the actual one, with a file of JSON lines, or writes the file when
   * {@code -Dgolden.update=true} is set.
   *
   * @throws AssertionError with the differences
   */
  public void check(Path file) throws IOException {
    if (Boolean.getBoolean(UPDATE_PROPERTY)) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, jsonLines());
      return;
    }
    String differences = readJsonLines(file).differencesTo(this);
    if (!differences.isEmpty()) {
      throw new AssertionError(
          file + " differs; -D" + UPDATE_PROPERTY + "=true accepts it:\n" + differences);
    }
  }

  /** The rows as JSON lines, sorted. */
  public String jsonLines() {
    StringBuilder text = new StringBuilder();
    rows.stream().map(GoldenTable::json).sorted().forEach(row -> text.append(row).append('\n'));
    return text.toString();
  }

  private static String json(Map<String, Object> row) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      for (Map.Entry<String, Object> entry : row.entrySet()) {
        json.writeFieldName(entry.getKey());
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof byte[] bytes) {
      json.writeString(new String(bytes, StandardCharsets.ISO_8859_1));
    } else {
      json.writeString(value.toString());
    }
  }
}
