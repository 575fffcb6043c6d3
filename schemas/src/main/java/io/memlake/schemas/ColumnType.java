package io.memlake.schemas;

import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** Type of a column's values, nulls aside. */
public enum ColumnType {
  /** Unicode text of any length. */
  STRING("string"),
  /** 32-bit signed number. */
  INT("int"),
  /** 64-bit signed number; addresses too, with {@link Column#hex()} set. */
  LONG("bigint"),
  /** 64-bit floating point. */
  DOUBLE("double"),
  /** True or false. */
  BOOLEAN("boolean"),
  /** Instant in UTC, to the microsecond. */
  TIMESTAMP("timestamp"),
  /** Bytes. */
  BINARY("binary"),
  /** List of texts without nulls. */
  STRING_LIST("array<string>"),
  /** List of 64-bit numbers without nulls. */
  LONG_LIST("array<bigint>");

  private final String sql;

  ColumnType(String sql) {
    this.sql = sql;
  }

  /** Name of the type in Spark SQL. */
  public String sql() {
    return sql;
  }

  /**
   * The type that an Avro schema stands for.
   *
   * @throws IllegalArgumentException when tables do not use that schema
   */
  static ColumnType of(Schema schema) {
    return switch (schema.getType()) {
      case STRING -> STRING;
      case INT -> INT;
      case LONG -> schema.getLogicalType() == null ? LONG : timestamp(schema);
      case DOUBLE -> DOUBLE;
      case BOOLEAN -> BOOLEAN;
      case BYTES -> BINARY;
      case ARRAY -> list(schema);
      default -> throw unknown(schema);
    };
  }

  private static ColumnType timestamp(Schema schema) {
    if (schema.getLogicalType() instanceof LogicalTypes.TimestampMicros) {
      return TIMESTAMP;
    }
    throw unknown(schema);
  }

  private static ColumnType list(Schema schema) {
    return switch (schema.getElementType().getType()) {
      case STRING -> STRING_LIST;
      case LONG -> LONG_LIST;
      default -> throw unknown(schema);
    };
  }

  private static IllegalArgumentException unknown(Schema schema) {
    return new IllegalArgumentException("No column has the type " + schema);
  }
}
