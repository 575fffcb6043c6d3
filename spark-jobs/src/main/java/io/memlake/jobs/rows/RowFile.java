package io.memlake.jobs.rows;

import io.memlake.jobs.lake.DataFile;
import io.memlake.jobs.lake.LakeFiles;
import io.memlake.jobs.lake.LakeWriteException;
import io.memlake.schemas.Table;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.avro.AvroWriteSupport;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;

/**
 * Writes rows of one table to one Parquet file, in the order they come. Memory needed is one row
 * group, however many rows there are.
 *
 * <p>The file counts only once {@link #finish} returned; closing before leaves a useless file to be
 * cleared away with its staging folder.
 */
public final class RowFile implements Closeable {
  /** Small enough for a task beside others in a heap of 2 GiB. */
  private static final long ROW_GROUP_BYTES = 32L << 20;

  /** A place is said once: looking for it among those said before only costs time. */
  private static final String ALWAYS_DIFFERENT = "forensic_path";

  private final Path path;
  private final Configuration configuration;
  private final FileRecord shown;
  private final ParquetWriter<IndexedRecord> writer;
  private final HashedFile file;
  private long rows;
  private boolean closed;

  private RowFile(
      Path path,
      Configuration configuration,
      FileRecord shown,
      ParquetWriter<IndexedRecord> writer,
      HashedFile file) {
    this.path = path;
    this.configuration = configuration;
    this.shown = shown;
    this.writer = writer;
    this.file = file;
  }

  /** Begins a file, replacing one that a failed attempt left. */
  public static RowFile create(Path path, Table table, Configuration configuration)
      throws LakeWriteException {
    Schema inFile = RowSchema.inFiles(table);
    GenericData model = new GenericData();
    model.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    Configuration settings = new Configuration(configuration);
    settings.setBoolean(AvroWriteSupport.WRITE_OLD_LIST_STRUCTURE, false);
    try {
      HashedFile file = new HashedFile(HadoopOutputFile.fromPath(path, settings));
      ParquetWriter<IndexedRecord> writer =
          AvroParquetWriter.<IndexedRecord>builder(file)
              .withSchema(inFile)
              .withDataModel(model)
              .withConf(settings)
              .withCompressionCodec(CompressionCodecName.ZSTD)
              .withRowGroupSize(ROW_GROUP_BYTES)
              .withDictionaryEncoding(ALWAYS_DIFFERENT, false)
              .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
              .build();
      return new RowFile(path, configuration, new FileRecord(inFile, table.avro()), writer, file);
    } catch (IOException e) {
      throw new LakeWriteException(path, e);
    }
  }

  /** Writes all rows of a list. */
  public static DataFile write(
      Path path, Table table, List<? extends IndexedRecord> rows, Configuration configuration)
      throws IOException {
    try (RowFile file = create(path, table, configuration)) {
      for (IndexedRecord row : rows) {
        file.add(row);
      }
      return file.finish();
    }
  }

  /** Adds a row, which may be changed and added again afterwards. */
  public void add(IndexedRecord row) throws LakeWriteException {
    try {
      writer.write(shown.show(row));
      rows++;
    } catch (IOException e) {
      throw new LakeWriteException(path, e);
    }
  }

  /** Completes the file. */
  public DataFile finish() throws IOException {
    close();
    long bytes = LakeFiles.of(path, configuration).length(path);
    return new DataFile(path.toString(), rows, bytes, file.sha256());
  }

  @Override
  public void close() throws LakeWriteException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      writer.close();
    } catch (IOException e) {
      throw new LakeWriteException(path, e);
    }
  }
}
