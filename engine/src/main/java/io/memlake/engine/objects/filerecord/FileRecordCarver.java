package io.memlake.engine.objects.filerecord;

import io.memlake.engine.bytes.LittleEndian;
import java.io.IOException;
import java.util.Optional;

/**
 * Finds records in bytes of any kind, such as pages of memory. Records are multiples of 1024 bytes
 * and never cross a page of 4096, so each page can be searched by itself.
 */
public final class FileRecordCarver {
  private static final int STEP = 1024;
  private static final int FILE = 0x454C4946;
  private static final int INDX = 0x58444E49;

  private FileRecordCarver() {}

  /**
   * Searches {@code length} bytes from {@code from}, at multiples of 1024 bytes from there.
   *
   * @param base offset of the first of them, for the sink
   */
  public static void search(byte[] bytes, int from, int length, long base, FileRecordSink sink)
      throws IOException {
    int to = from + length;
    for (int at = from; to - at >= STEP; at += STEP) {
      int signature = LittleEndian.i32(bytes, at);
      if (signature == FILE) {
        Optional<FileRecord> record = FileRecord.parse(bytes, at, to - at);
        if (record.isPresent()) {
          sink.file(base + at - from, record.get());
          at += record.get().size() - STEP;
        }
      } else if (signature == INDX) {
        Optional<IndexRecord> record = IndexRecord.parse(bytes, at, to - at);
        if (record.isPresent()) {
          sink.index(base + at - from, record.get());
          at += IndexRecord.SIZE - STEP;
        }
      }
    }
  }
}
