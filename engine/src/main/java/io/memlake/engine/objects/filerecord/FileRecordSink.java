package io.memlake.engine.objects.filerecord;

import java.io.IOException;

/** Takes records that a search finds. */
public interface FileRecordSink {
  /**
   * A record of the master file table.
   *
   * @param offset where it was found
   */
  void file(long offset, FileRecord record) throws IOException;

  /**
   * A block of a directory.
   *
   * @param offset where it was found
   */
  void index(long offset, IndexRecord record) throws IOException;
}
