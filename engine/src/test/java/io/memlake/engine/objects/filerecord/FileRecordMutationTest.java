package io.memlake.engine.objects.filerecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged records end with fewer facts, never with an exception or without an end. */
class FileRecordMutationTest {
  private static final int ROUNDS = 60;

  @ParameterizedTest
  @ValueSource(strings = {"unicode.mft", "slack.mft", "compressed_sparse.mft"})
  void randomDamageIsSurvived(String name) throws Exception {
    byte[] good = SampleTables.bytes(name);
    Random random = new Random(name.hashCode());
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = good.clone();
      for (int record = 0; record + 1024 <= 48 * 1024; record += 1024) {
        for (int i = random.nextInt(12); i > 0; i--) {
          int at = record + 4 + random.nextInt(600);
          bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) random.nextInt(4);
        }
      }
      FileTable table = SampleTables.table(bytes);
      for (FileEntry file : table.files()) {
        file.longNames().forEach(table::path);
        file.streams().forEach(stream -> read(stream));
        file.standardInformation();
        file.record().indexRoot();
        file.record().namesInSlack();
        file.record().attributeList();
        file.record().volumeName();
        read++;
      }
    }
    assertThat(read).isPositive();
  }

  private static void read(DataStream stream) {
    stream.runs();
    stream.content();
    stream.name();
    stream.size();
  }
}
