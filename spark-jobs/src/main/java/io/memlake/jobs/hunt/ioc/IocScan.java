package io.memlake.jobs.hunt.ioc;

import io.memlake.jobs.hunt.indicator.IndicatorMatcher;
import io.memlake.jobs.hunt.indicator.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** Matches the rows of a partition. Equal values, which tables are full of, are matched once. */
final class IocScan implements FlatMapFunction<Iterator<Row>, IocHit> {
  private static final long serialVersionUID = 1L;

  /** Columns before the targets: host, image, path, confidence, pid, process, key. */
  static final int FIRST_TARGET = 7;

  /** Hits of one indicator in one partition; what goes beyond is counted by the caller as cut. */
  static final int MAX_HITS = 10_000;

  private static final int MAX_REMEMBERED = 100_000;
  private static final int[] NOTHING = {};

  private final Broadcast<IndicatorMatcher> matcher;
  private final ArrayList<Target> targets;
  private final int firstNumber;

  IocScan(Broadcast<IndicatorMatcher> matcher, List<Target> targets, int firstNumber) {
    this.matcher = matcher;
    this.targets = new ArrayList<>(targets);
    this.firstNumber = firstNumber;
  }

  @Override
  public Iterator<IocHit> call(Iterator<Row> rows) {
    List<Map<String, int[]>> remembered = new ArrayList<>();
    targets.forEach(target -> remembered.add(new HashMap<>()));
    Map<Integer, Integer> counts = new HashMap<>();
    List<IocHit> hits = new ArrayList<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      for (int i = 0; i < targets.size(); i++) {
        String value = row.getString(FIRST_TARGET + i);
        if (value == null || value.isEmpty()) {
          continue;
        }
        for (int number : match(remembered.get(i), targets.get(i), value)) {
          if (counts.merge(number, 1, Integer::sum) <= MAX_HITS) {
            hits.add(hit(row, number, firstNumber + i, value));
          }
        }
      }
    }
    return hits.iterator();
  }

  private int[] match(Map<String, int[]> remembered, Target target, String value) {
    int[] known = remembered.get(value);
    if (known != null) {
      return known;
    }
    int[] found = matcher.value().match(target, value);
    if (remembered.size() < MAX_REMEMBERED) {
      remembered.put(value, found.length == 0 ? NOTHING : found);
    }
    return found;
  }

  private static IocHit hit(Row row, int indicator, int target, String value) {
    return new IocHit(
        indicator,
        target,
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.isNullAt(3) ? 100 : row.getInt(3),
        row.isNullAt(4) ? null : row.getInt(4),
        row.getString(5),
        row.isNullAt(6) ? "" : row.getString(6),
        value);
  }
}
