package io.memlake.engine.objects.eventlog;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes hold records that are whole or say what is wrong with them. */
class EventFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void events(byte[] data) throws Exception {
    SampleLogs.Collected found = new SampleLogs.Collected();
    new EventCarver(new TemplateStore()).search(data, 0, data.length, 0, found);
    for (EventRecord record : found.records) {
      if (record.xml().isEmpty() && record.problem().isEmpty()) {
        throw new AssertionError("Neither a record nor a problem");
      }
      record.dataJson();
    }
  }
}
