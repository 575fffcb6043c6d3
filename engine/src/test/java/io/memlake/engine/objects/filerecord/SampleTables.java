package io.memlake.engine.objects.filerecord;

import io.memlake.engine.image.SampleData;
import java.io.IOException;
import java.nio.file.Files;

/** The real master file tables beside the project. */
final class SampleTables {
  private SampleTables() {}

  static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(SampleData.file("ntfs/" + name));
  }

  static FileTable table(String name) throws IOException {
    return table(bytes(name));
  }

  static FileTable table(byte[] bytes) throws IOException {
    FileTable table = new FileTable();
    FileRecordCarver.search(
        bytes,
        0,
        bytes.length,
        0,
        new FileRecordSink() {
          @Override
          public void file(long offset, FileRecord record) {
            table.add(record);
          }

          @Override
          public void index(long offset, IndexRecord record) {}
        });
    return table;
  }

  static FileEntry named(FileTable table, String path) {
    return table.files().stream()
        .filter(file -> file.longNames().stream().anyMatch(n -> path.equals(table.path(n).path())))
        .findFirst()
        .orElseThrow();
  }
}
