package io.memlake.engine.objects.shortcut;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.memlake.engine.objects.value.MalformedObjectException;

/** Any bytes are a shortcut or end with a message that names it. */
class ShortcutFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void shortcut(byte[] data) {
    Shortcut.startsAt(data, 0, data.length);
    try {
      Shortcut.parse("fuzz.lnk", data, 0, data.length);
    } catch (MalformedObjectException e) {
      if (!e.getMessage().contains("fuzz.lnk")) {
        throw new AssertionError("A message without the file", e);
      }
    }
  }
}
