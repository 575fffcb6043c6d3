package io.memlake.jobs.session;

import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** The one session of all tests of this JVM: two cores, started on first use. */
public final class TestSpark {
  private static final SparkSession SESSION =
      SparkSessions.start(
          new SparkSettings(Optional.of("local[2]"), Map.of("spark.sql.shuffle.partitions", "2")));

  private TestSpark() {}

  /** The session; commands that start Spark find this one too. */
  public static SparkSession session() {
    return SESSION;
  }
}
