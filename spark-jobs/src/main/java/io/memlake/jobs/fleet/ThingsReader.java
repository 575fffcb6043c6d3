package io.memlake.jobs.fleet;

import io.memlake.jobs.exit.FailedException;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Collects the things of a case. */
public final class ThingsReader {
  private ThingsReader() {}

  /**
   * Things on the hosts that {@code hosts} accepts.
   *
   * @param session with the lake's tables as views
   * @param caseLiteral the case as a literal
   */
  public static Things read(SparkSession session, String caseLiteral, Predicate<String> hosts) {
    Things things = new Things();
    int count = 0;
    for (ObjectKind kind : Things.comparable()) {
      java.util.Iterator<Row> rows = session.sql(kind.statement(caseLiteral)).toLocalIterator();
      while (rows.hasNext()) {
        Row row = rows.next();
        if (hosts.test(row.getString(0)) && !row.isNullAt(1)) {
          if (++count > Things.MAX) {
            throw new FailedException("More than " + Things.MAX + " distinct things");
          }
          things.add(
              kind.name(),
              row.getString(1),
              row.isNullAt(2) ? "" : row.getString(2),
              row.getString(0));
        }
      }
    }
    return things;
  }
}
