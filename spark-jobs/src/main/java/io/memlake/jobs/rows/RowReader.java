package io.memlake.jobs.rows;

import io.memlake.schemas.Table;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** Reads rows of one Parquet file of the lake without Spark, for commands that need a few. */
public final class RowReader {
  private RowReader() {}

  /** Shows all rows; columns that the file does not have yet are null. */
  public static void forEach(
      Path file, Table table, Configuration configuration, Consumer<GenericRecord> rows)
      throws IOException {
    Configuration settings = new Configuration(configuration);
    AvroReadSupport.setAvroReadSchema(settings, RowSchema.inFiles(table));
    settings.setBoolean(AvroReadSupport.AVRO_COMPATIBILITY, false);
    try (ParquetReader<GenericRecord> reader =
        AvroParquetReader.<GenericRecord>builder(HadoopInputFile.fromPath(file, settings))
            .withConf(settings)
            .build()) {
      for (GenericRecord row = reader.read(); row != null; row = reader.read()) {
        rows.accept(row);
      }
    }
  }
}
