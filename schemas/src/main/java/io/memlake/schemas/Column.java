package io.memlake.schemas;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * One column of a table.
 *
 * @param name name in SQL, snake_case
 * @param type type of its values
 * @param nullable whether a row may lack it
 * @param hex whether it is an address or a hash, which people read as unsigned hex digits
 * @param doc meaning and unit
 * @param whenNull what a null means; empty exactly when the column has none
 */
public record Column(
    String name,
    ColumnType type,
    boolean nullable,
    boolean hex,
    String doc,
    Optional<String> whenNull) {

  /** Checks that the schema says all that a reader needs. */
  public Column {
    Objects.requireNonNull(type, "type");
    if (doc == null || doc.isBlank()) {
      throw new IllegalArgumentException("Column " + name + " has no doc");
    }
    if (nullable != whenNull.isPresent()) {
      throw new IllegalArgumentException(
          "Column " + name + (nullable ? " needs a when_null" : " has a when_null but no nulls"));
    }
    if (hex && type != ColumnType.LONG) {
      throw new IllegalArgumentException("Column " + name + " is hex but not a long");
    }
  }

  static Column of(Schema.Field field) {
    Schema schema = field.schema();
    boolean nullable = schema.isNullable();
    return new Column(
        field.name(),
        ColumnType.of(nullable ? valueOf(field) : schema),
        nullable,
        "hex".equals(field.getProp("format")),
        field.doc(),
        Optional.ofNullable(field.getProp("when_null")));
  }

  private static Schema valueOf(Schema.Field field) {
    List<Schema> branches = field.schema().getTypes();
    if (branches.size() != 2 || branches.get(0).getType() != Schema.Type.NULL) {
      throw new IllegalArgumentException(
          "Column " + field.name() + " must be of one type, or of null and one type in that order");
    }
    return branches.get(1);
  }
}
