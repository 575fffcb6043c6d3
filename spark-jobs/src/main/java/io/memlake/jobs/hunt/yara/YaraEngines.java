package io.memlake.jobs.hunt.yara;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Engines of this JVM by their rules: a task takes one and gives it back. */
final class YaraEngines {
  private static final Map<List<YaraSource>, Deque<YaraX>> FREE = new HashMap<>();

  private YaraEngines() {}

  static YaraX take(List<YaraSource> sources, int timeoutMillis, int maxMatches) {
    synchronized (FREE) {
      YaraX free = FREE.computeIfAbsent(sources, key -> new ArrayDeque<>()).poll();
      if (free != null) {
        return free;
      }
    }
    return new YaraX(sources, timeoutMillis, maxMatches);
  }

  static void give(List<YaraSource> sources, YaraX engine) {
    synchronized (FREE) {
      FREE.computeIfAbsent(sources, key -> new ArrayDeque<>()).push(engine);
    }
  }

  /** Forgets the engines of rules that are no longer needed. */
  static void drop(List<YaraSource> sources) {
    synchronized (FREE) {
      FREE.remove(sources);
    }
  }
}
