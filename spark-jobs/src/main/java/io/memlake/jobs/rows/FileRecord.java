package io.memlake.jobs.rows;

import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;

/**
 * Shows a row without its partition columns. One instance is used for all rows of a file, since the
 * largest table has a row for each page of RAM.
 */
final class FileRecord implements IndexedRecord {
  private final Schema schema;
  private final int[] positions;
  private IndexedRecord row;

  FileRecord(Schema inFile, Schema full) {
    schema = inFile;
    positions =
        inFile.getFields().stream().mapToInt(field -> full.getField(field.name()).pos()).toArray();
  }

  FileRecord show(IndexedRecord shown) {
    row = shown;
    return this;
  }

  @Override
  public Schema getSchema() {
    return schema;
  }

  @Override
  public Object get(int position) {
    return row.get(positions[position]);
  }

  @Override
  public void put(int position, Object value) {
    throw new UnsupportedOperationException("Rows are shown, not changed");
  }
}
