package io.memlake.engine.objects.filerecord;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Any bytes hold file records whose every part can be asked for. */
class FileRecordFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void fileRecords(byte[] data) throws IOException {
    FileTable table = SampleTables.table(data);
    for (FileEntry file : table.files()) {
      file.longNames().forEach(table::path);
      file.streams().forEach(FileRecordFuzzTest::read);
      file.standardInformation();
      file.record().indexRoot();
      file.record().namesInSlack();
      file.record().attributeList();
      file.record().volumeName();
    }
  }

  private static void read(DataStream stream) {
    stream.runs();
    stream.content();
    stream.name();
    stream.size();
  }
}
