package io.memlake.testdata.store;

import java.util.ArrayList;
import java.util.List;

/** Keeps the records of one store in chunks of 32 and the chunks in rows of 1, 2, 4, 8 … */
final class ChunkWriter {
  static final int RECORD_SIZE = 0x18;
  static final int HEADER_SIZE = 0x20;
  static final int CHUNK_SHIFT = 5;
  static final int RECORDS_MASK = (1 << CHUNK_SHIFT) - 1;

  private static final int RECORDS = 1 << CHUNK_SHIFT;
  private static final int ROWS = 32;

  private final StorePool pool;
  private final List<Long> chunks = new ArrayList<>();
  private int records;

  ChunkWriter(StorePool pool) {
    this.pool = pool;
  }

  /** The region key that the next record gets; chunks count from 1. */
  long nextKey() {
    return (long) (1 + records / RECORDS) << CHUNK_SHIFT | records % RECORDS;
  }

  /** Adds a record and returns its address. */
  long add(long key, int sizeOrNextKey, boolean chained) {
    if (records % RECORDS == 0) {
      chunks.add(pool.pages(1));
    }
    long address =
        chunks.get(records / RECORDS) + HEADER_SIZE + (long) (records % RECORDS) * RECORD_SIZE;
    records++;
    Block record = new Block(RECORD_SIZE).number(0, 4, key);
    record.number(4, chained ? 4 : 2, sizeOrNextKey);
    pool.write(address, record);
    return address;
  }

  /** Writes the arrays of chunks and returns the address of each row, 0 for rows not in use. */
  List<Long> writeRows(int entrySize) {
    List<Long> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      int first = row < 30 ? 1 << row : Integer.MAX_VALUE;
      if (first > chunks.size()) {
        rows.add(0L);
        continue;
      }
      long array = pool.allocate(first * entrySize, "smBA");
      for (int column = 0; column < first && first + column <= chunks.size(); column++) {
        pool.pointer(array + (long) column * entrySize, chunks.get(first + column - 1));
      }
      rows.add(array);
    }
    return rows;
  }
}
