package io.memlake.jobs.sql;

import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.output.ResultColumn;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.query.Answer;
import io.memlake.jobs.rows.RowSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import scala.jdk.javaapi.CollectionConverters;

/** Rows of a query, not yet computed. */
public final class QueryResult {
  private final Dataset<Row> rows;

  QueryResult(Dataset<Row> rows) {
    this.rows = rows;
  }

  /** The columns with the number format that the tables gave them. */
  public List<ResultColumn> columns() {
    return Arrays.stream(rows.schema().fields()).map(QueryResult::column).toList();
  }

  /** Computes the rows and writes them, one partition in memory at a time. */
  public void writeTo(ResultWriter writer) throws IOException {
    Iterator<Row> iterator = rows.toLocalIterator();
    while (iterator.hasNext()) {
      writer.row(values(iterator.next()));
    }
  }

  /** Computes the rows, at most {@code maxRows} of them. */
  Answer first(int maxRows) {
    List<List<Object>> values = new ArrayList<>();
    for (Row row : rows.limit(maxRows + 1).collectAsList()) {
      values.add(values(row));
    }
    boolean cut = values.size() > maxRows;
    return new Answer(
        Arrays.asList(rows.columns()), cut ? values.subList(0, maxRows) : values, cut);
  }

  /**
   * Computes the rows and writes them as Parquet files into a new folder.
   *
   * @throws OperatorException when the folder exists
   */
  public void writeParquet(String folder) {
    try {
      rows.write().parquet(folder);
    } catch (Exception e) {
      // Scala code throws AnalysisException, which is checked, without declaring it.
      if (e instanceof AnalysisException) {
        throw new OperatorException(
            "Cannot write " + folder + ": " + e.getMessage().lines().findFirst().orElse(""), e);
      }
      throw e;
    }
  }

  private static ResultColumn column(StructField field) {
    Metadata metadata = field.metadata();
    boolean hex =
        metadata.contains(RowSchema.FORMAT)
            && metadata.getString(RowSchema.FORMAT).equals(RowSchema.HEX);
    return new ResultColumn(field.name(), hex);
  }

  private static List<Object> values(Row row) {
    List<Object> values = new ArrayList<>(row.size());
    for (int i = 0; i < row.size(); i++) {
      values.add(plain(row.get(i)));
    }
    return values;
  }

  private static Object plain(Object value) {
    if (value instanceof java.sql.Timestamp time) {
      return time.toInstant();
    }
    if (value instanceof scala.collection.Seq<?> sequence) {
      List<Object> list = new ArrayList<>();
      CollectionConverters.asJava(sequence).forEach(element -> list.add(plain(element)));
      return list;
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      Map<Object, Object> entries = new LinkedHashMap<>();
      CollectionConverters.asJava(map).forEach((k, v) -> entries.put(plain(k), plain(v)));
      return entries;
    }
    if (value instanceof Row struct) {
      Map<Object, Object> fields = new LinkedHashMap<>();
      for (int i = 0; i < struct.size(); i++) {
        String name = struct.schema() == null ? "_" + (i + 1) : struct.schema().fieldNames()[i];
        fields.put(name, plain(struct.get(i)));
      }
      return fields;
    }
    return value;
  }
}
