package io.memlake.engine.objects.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.engine.objects.value.MalformedObjectException;
import java.io.OutputStream;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged hives end with keys and gaps, never with an exception or without an end. */
class HiveMutationTest {
  private static final int ROUNDS = 60;

  @ParameterizedTest
  @ValueSource(strings = {"ez/SAM", "yarp/BigDataHive", "ez/SECURITYNoRoot", "yarp/SqliteHive"})
  void randomDamageIsSurvived(String name) throws Exception {
    byte[] good = SampleHives.bytes(name);
    Random random = new Random(name.hashCode());
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = good.clone();
      int hits = 1 + random.nextInt(200);
      for (int i = 0; i < hits; i++) {
        int at = random.nextInt(Math.min(bytes.length, 0x6000));
        bytes[at] = random.nextBoolean() ? (byte) random.nextInt() : (byte) -1;
      }
      try {
        RegfFile file = SampleHives.open(bytes);
        Hive hive = Hive.of(file);
        SampleHives.Listing.of(hive);
        CellSet reached = HiveWalk.walk(hive, new SampleHives.Silent());
        DeletedCells.find(hive, reached, gap -> {});
        HiveExport.write(file, file.baseBlock(), OutputStream.nullOutputStream());
        read++;
      } catch (MalformedObjectException e) {
        assertThat(e).hasMessageContaining("Cannot read hive");
      }
    }
    assertThat(read).isPositive();
  }
}
