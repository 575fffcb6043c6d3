package io.memlake.engine.objects.registry;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.memlake.engine.objects.value.MalformedObjectException;
import java.io.OutputStream;

/** Any bytes are a hive that can be walked and written again, or no hive. */
class HiveFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void hive(byte[] data) throws Exception {
    try {
      RegfFile file = SampleHives.open(data);
      Hive hive = Hive.of(file);
      CellSet reached = HiveWalk.walk(hive, new SampleHives.Silent());
      DeletedCells.find(hive, reached, gap -> {});
      HiveExport.write(file, file.baseBlock(), OutputStream.nullOutputStream());
    } catch (MalformedObjectException e) {
      if (!e.getMessage().contains("Cannot read hive")) {
        throw new AssertionError("A message without the hive", e);
      }
    }
  }
}
