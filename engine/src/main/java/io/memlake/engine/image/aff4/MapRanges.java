package io.memlake.engine.image.aff4;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Ranges of a map by the address that they are mapped at. A later range replaces what earlier ones
 * had there, as the writers of c-aff4 rely on.
 */
final class MapRanges {

  /**
   * One range.
   *
   * @param start where it is mapped
   * @param length in bytes
   * @param target where it is in its stream
   * @param stream number of the stream
   */
  record Range(long start, long length, long target, int stream) {
    long end() {
      return start + length;
    }

    private Range part(long from, long to) {
      return new Range(from, to - from, target + (from - start), stream);
    }
  }

  private final List<Range> added = new ArrayList<>();
  private long replaced;

  /** Adds a range of at least one byte that does not wrap. */
  void add(Range range) {
    added.add(range);
  }

  /** Rising and without overlaps; neighbours that continue each other are one. */
  List<Range> sorted() {
    TreeMap<Long, Range> covered = new TreeMap<>();
    replaced = 0;
    for (Range range : added) {
      replaced += cut(covered, range.start, range.end());
      covered.put(range.start, range);
    }
    List<Range> joined = new ArrayList<>(covered.size());
    for (Range range : covered.values()) {
      Range last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null
          && last.end() == range.start
          && last.stream == range.stream
          && last.target + last.length == range.target) {
        joined.set(
            joined.size() - 1,
            new Range(last.start, last.length + range.length, last.target, last.stream));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  /** Bytes that later ranges took from earlier ones; known when they were sorted. */
  long replaced() {
    return replaced;
  }

  /** Takes a place from the ranges that are there; returns how many bytes they had in it. */
  private static long cut(NavigableMap<Long, Range> covered, long from, long to) {
    long taken = 0;
    Map.Entry<Long, Range> before = covered.lowerEntry(from);
    if (before != null && before.getValue().end() > from) {
      Range range = before.getValue();
      taken += Math.min(to, range.end()) - from;
      covered.put(range.start, range.part(range.start, from));
      if (range.end() > to) {
        covered.put(to, range.part(to, range.end()));
      }
    }
    Map.Entry<Long, Range> inside = covered.ceilingEntry(from);
    while (inside != null && inside.getKey() < to) {
      Range range = inside.getValue();
      covered.remove(range.start);
      taken += Math.min(to, range.end()) - range.start;
      if (range.end() > to) {
        covered.put(to, range.part(to, range.end()));
      }
      inside = covered.ceilingEntry(from);
    }
    return taken;
  }
}
