package io.memlake.engine.objects.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged chunks end with records or problems, never with an exception or without an end. */
class EventMutationTest {
  private static final int ROUNDS = 30;

  @ParameterizedTest
  @ValueSource(
      strings = {"Security_short_selected.evtx", "issue_201.evtx", "new-user-security.evtx"})
  void randomDamageIsSurvived(String name) throws Exception {
    byte[] good = Arrays.copyOfRange(SampleLogs.bytes(name), 4096, 4096 + EventChunk.SIZE);
    Random random = new Random(name.hashCode());
    int rendered = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = good.clone();
      int hits = 1 + random.nextInt(300);
      for (int i = 0; i < hits; i++) {
        int at = 40 + random.nextInt(12_000);
        bytes[at] = random.nextInt(4) == 0 ? good[random.nextInt(good.length)] : (byte) 0x0C;
      }
      SampleLogs.Collected found = new SampleLogs.Collected();
      new EventCarver(new TemplateStore()).search(bytes, 0, bytes.length, 0, found);
      for (EventRecord record : found.records) {
        if (record.xml().isEmpty()) {
          assertThat(record.problem()).isNotEmpty();
        } else {
          SampleLogs.requireWellFormed(record.xml());
          rendered++;
        }
        assertThat(record.dataJson()).startsWith("{").endsWith("}");
      }
    }
    assertThat(rendered).isPositive();
  }
}
