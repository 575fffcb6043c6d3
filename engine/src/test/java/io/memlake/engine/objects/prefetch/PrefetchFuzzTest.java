package io.memlake.engine.objects.prefetch;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.memlake.engine.objects.value.MalformedObjectException;

/** Any bytes are a prefetch file or end with a message that names it. */
class PrefetchFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void prefetch(byte[] data) {
    try {
      Prefetch.parse("fuzz.pf", data);
    } catch (MalformedObjectException e) {
      if (!e.getMessage().contains("fuzz.pf")) {
        throw new AssertionError("A message without the file", e);
      }
    }
  }
}
