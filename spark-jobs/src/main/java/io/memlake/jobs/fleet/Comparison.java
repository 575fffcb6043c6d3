package io.memlake.jobs.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares things with a baseline, or one moment with another. */
public final class Comparison {
  private Comparison() {}

  /**
   * One line of the result.
   *
   * @param status KNOWN, UNKNOWN or CHANGED against a baseline; NEW, GONE or CHANGED between
   *     moments
   * @param kind what it is
   * @param key which one
   * @param before attributes in the baseline or the first moment, or null
   * @param after attributes now, or null
   * @param hosts hosts that have it, sorted
   */
  public record Line(
      String status, String kind, String key, String before, String after, List<String> hosts) {}

  /** Says of each thing in {@code now} whether the baseline knows it. */
  public static List<Line> withBaseline(Things baseline, Things now) {
    List<Line> lines = new ArrayList<>();
    now.kinds()
        .forEach(
            (kind, keys) -> {
              if (baseline.has(kind)) {
                keys.forEach(
                    (key, attributes) ->
                        attributes.forEach(
                            (after, hosts) -> lines.add(line(baseline, kind, key, after, hosts))));
              }
            });
    return lines;
  }

  /** Tells what is new, gone and changed from {@code before} to {@code after}. */
  public static List<Line> between(Things before, Things after) {
    List<Line> lines = new ArrayList<>();
    TreeSet<String> kinds = new TreeSet<>(before.kinds().keySet());
    kinds.addAll(after.kinds().keySet());
    for (String kind : kinds) {
      TreeSet<String> keys = new TreeSet<>(before.kinds().getOrDefault(kind, Map.of()).keySet());
      keys.addAll(after.kinds().getOrDefault(kind, Map.of()).keySet());
      for (String key : keys) {
        Set<String> first = before.of(kind, key).keySet();
        Set<String> second = after.of(kind, key).keySet();
        if (!first.equals(second)) {
          String status = first.isEmpty() ? "NEW" : second.isEmpty() ? "GONE" : "CHANGED";
          lines.add(new Line(status, kind, key, text(first), text(second), List.of()));
        }
      }
    }
    return lines;
  }

  private static Line line(
      Things baseline, String kind, String key, String after, Set<String> hosts) {
    Map<String, Set<String>> known = baseline.of(kind, key);
    String status = known.containsKey(after) ? "KNOWN" : known.isEmpty() ? "UNKNOWN" : "CHANGED";
    return new Line(status, kind, key, text(known.keySet()), after, List.copyOf(hosts));
  }

  private static String text(Set<String> attributes) {
    return attributes.isEmpty() ? null : String.join(" | ", attributes);
  }
}
