package io.memlake.jobs.sql;

import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.LakeLayout;
import io.memlake.jobs.rows.RowSchema;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import io.memlake.schemas.view.SqlDialect;
import io.memlake.schemas.view.View;
import io.memlake.schemas.view.Views;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Gives every table and view of a lake its name in a session. */
public final class LakeViews {
  private LakeViews() {}

  /** Registers all tables, empty ones too, and the views over them. */
  public static void register(SparkSession session, Lake lake) throws IOException {
    Map<String, List<String>> files = lake.tableFiles();
    for (Table table : Tables.all()) {
      read(session, lake.layout(), table, files.getOrDefault(table.name(), List.of()))
          .createOrReplaceTempView(table.name());
    }
    for (View view : Views.all()) {
      session.sql(view.create(SqlDialect.SPARK));
    }
  }

  /** Registers only the tables that are named, which is quicker for a lake of many hosts. */
  public static void register(SparkSession session, Lake lake, Collection<String> names)
      throws IOException {
    Map<String, List<String>> files = lake.tableFiles();
    for (String name : names) {
      Table table = Tables.byName(name);
      read(session, lake.layout(), table, files.getOrDefault(name, List.of()))
          .createOrReplaceTempView(name);
    }
  }

  /** The published rows of a table; files that no marker names are not looked at. */
  public static Dataset<Row> read(SparkSession session, Lake lake, Table table) throws IOException {
    return read(session, lake.layout(), table, lake.tableFiles(table.name()));
  }

  static Dataset<Row> read(
      SparkSession session, LakeLayout layout, Table table, List<String> files) {
    StructType schema = RowSchema.of(table);
    if (files.isEmpty()) {
      return session.createDataFrame(List.of(), schema);
    }
    String folder = layout.table(table.name()).toString();
    Dataset<Row> rows =
        session
            .read()
            .schema(schema)
            .option("basePath", folder)
            .parquet(files.toArray(String[]::new));
    // Spark puts the columns that folders name last; the table has them first.
    Column[] columns =
        java.util.Arrays.stream(schema.fields()).map(LakeViews::inOrder).toArray(Column[]::new);
    return rows.select(columns);
  }

  private static Column inOrder(StructField field) {
    return org.apache.spark.sql.functions.col(field.name()).as(field.name(), field.metadata());
  }
}
