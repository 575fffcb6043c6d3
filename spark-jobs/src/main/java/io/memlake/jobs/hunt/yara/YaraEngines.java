package io.memlake.jobs.hunt.yara;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Engines of this JVM by their rules: a task takes one and gives it back. */
final class YaraEngines {
  /** Time for one region; a rule that needs more is named and the region counts as not scanned. */
  private static final int TIMEOUT_MILLIS = 120_000;

  private static final int MAX_MATCHES = 1_000;
  private static final Map<YaraSet, Deque<YaraX>> FREE = new HashMap<>();

  private YaraEngines() {}

  static YaraX take(YaraSet set) {
    synchronized (FREE) {
      YaraX free = FREE.computeIfAbsent(set, key -> new ArrayDeque<>()).poll();
      if (free != null) {
        return free;
      }
    }
    return new YaraX(set, TIMEOUT_MILLIS, MAX_MATCHES);
  }

  static void give(YaraSet set, YaraX engine) {
    synchronized (FREE) {
      FREE.computeIfAbsent(set, key -> new ArrayDeque<>()).push(engine);
    }
  }

  /** Forgets the engines of rules that are no longer needed. */
  static void drop(YaraSet set) {
    synchronized (FREE) {
      FREE.remove(set);
    }
  }
}
