package io.memlake.schemas;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * One table, as its Avro schema defines it.
 *
 * @param name name in SQL and of its folder in a lake
 * @param doc what one row is, in a sentence
 * @param level whether its rows belong to a host or to the case
 * @param columns all columns in order, the common ones first
 * @param sort columns that order the rows, so that two runs can be compared
 * @param example a question to the table in SQL that every engine understands
 * @param avro the schema of its rows
 */
public record Table(
    String name,
    String doc,
    Level level,
    List<Column> columns,
    List<String> sort,
    String example,
    Schema avro) {

  /** Checks that the order of rows rests on columns of the table. */
  public Table {
    columns = List.copyOf(columns);
    sort = List.copyOf(sort);
    if (doc == null || doc.isBlank()) {
      throw new IllegalArgumentException("Table " + name + " has no doc");
    }
    if (example == null || !example.contains("FROM " + name)) {
      throw new IllegalArgumentException("Table " + name + " has no example that reads it");
    }
    if (sort.isEmpty()) {
      throw new IllegalArgumentException("Table " + name + " has no sort");
    }
    for (String column : sort) {
      if (avro.getField(column) == null) {
        throw new IllegalArgumentException(
            "Table " + name + " sorts by no column of it: " + column);
      }
    }
  }

  /**
   * Reads a table out of a row type's schema.
   *
   * @throws IllegalArgumentException when the schema lacks what a table needs, naming it
   */
  public static Table of(Schema schema) {
    try {
      return new Table(
          schema.getProp("table"),
          schema.getDoc(),
          Level.byName(schema.getProp("level")),
          schema.getFields().stream().map(Column::of).toList(),
          sortOf(schema),
          schema.getProp("example"),
          schema);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(schema.getFullName() + ": " + e.getMessage(), e);
    }
  }

  /** The column of that name. */
  public Optional<Column> column(String columnName) {
    return columns.stream().filter(column -> column.name().equals(columnName)).findFirst();
  }

  /** Columns that name the folders of the table in a lake, outermost first. */
  public List<String> partitionColumns() {
    return level.partitionColumns();
  }

  /**
   * Order of rows by {@link #sort}: nulls first, texts by code point, addresses as the signed
   * numbers that they are in SQL, which is what {@code ORDER BY} does too.
   */
  public Comparator<IndexedRecord> order() {
    return RowOrder.by(avro, sort);
  }

  private static List<String> sortOf(Schema schema) {
    if (schema.getObjectProp("sort") instanceof List<?> names) {
      return names.stream().map(String.class::cast).toList();
    }
    return List.of();
  }
}
