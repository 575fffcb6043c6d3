package io.memlake.jobs.rows;

import io.memlake.schemas.Column;
import io.memlake.schemas.Table;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A table's columns in the words of Spark, and in the shape of its files. */
public final class RowSchema {
  /** Metadata key of a column that people read as hex. */
  public static final String FORMAT = "format";

  /** Value of {@link #FORMAT} for addresses and hashes. */
  public static final String HEX = "hex";

  private RowSchema() {}

  /** All columns, partition columns included, with {@link #FORMAT} and the column's comment. */
  public static StructType of(Table table) {
    return new StructType(
        table.columns().stream().map(RowSchema::field).toArray(StructField[]::new));
  }

  /** The table's Avro schema without the columns that its folders name. */
  static Schema inFiles(Table table) {
    List<Schema.Field> kept = new ArrayList<>();
    for (Schema.Field field : table.avro().getFields()) {
      if (!table.partitionColumns().contains(field.name())) {
        kept.add(new Schema.Field(field, field.schema()));
      }
    }
    Schema schema =
        Schema.createRecord(table.name(), table.doc(), "io.memlake.table", /* isError= */ false);
    schema.setFields(kept);
    return schema;
  }

  private static StructField field(Column column) {
    MetadataBuilder metadata = new MetadataBuilder().putString("comment", column.doc());
    if (column.hex()) {
      metadata.putString(FORMAT, HEX);
    }
    Metadata built = metadata.build();
    return new StructField(column.name(), type(column), column.nullable(), built);
  }

  private static DataType type(Column column) {
    return switch (column.type()) {
      case STRING -> DataTypes.StringType;
      case INT -> DataTypes.IntegerType;
      case LONG -> DataTypes.LongType;
      case DOUBLE -> DataTypes.DoubleType;
      case BOOLEAN -> DataTypes.BooleanType;
      case TIMESTAMP -> DataTypes.TimestampType;
      case BINARY -> DataTypes.BinaryType;
      case STRING_LIST -> DataTypes.createArrayType(DataTypes.StringType, false);
      case LONG_LIST -> DataTypes.createArrayType(DataTypes.LongType, false);
    };
  }
}
