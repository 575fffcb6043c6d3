package io.memlake.jobs.session;

import io.memlake.jobs.bytes.PlainLocalFileSystem;
import io.memlake.jobs.exit.EnvironmentException;
import io.memlake.jobs.exit.OperatorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The one place where a Spark session is made.
 *
 * <p>Three groups of settings, later ones win: defaults that suit a command-line tool, what the
 * user or {@code spark-submit} set, and what correct results depend on.
 */
public final class SparkSessions {
  private static final String LOCAL_MASTER = "local[*]";

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("spark.ui.enabled", "false"),
          Map.entry("spark.ui.showConsoleProgress", "false"),
          Map.entry("spark.scheduler.mode", "FAIR"),
          // Safe, since only files of the attempt that won are published; but most slow tasks here
          // are large and would only be done twice.
          Map.entry("spark.speculation", "false"),
          Map.entry("spark.hadoop." + PlainHadoop.S3A_STREAM, PlainHadoop.S3A_STREAM_CLASSIC),
          Map.entry("spark.sql.parquet.compression.codec", "zstd"),
          Map.entry("spark.sql.adaptive.coalescePartitions.initialPartitionNum", "64"),
          Map.entry("spark.cleaner.periodicGC.interval", "10min"));

  /** Ports on outside addresses are nobody's business while everything runs in one process. */
  private static final Map<String, String> LOCAL_DEFAULTS =
      Map.of(
          "spark.driver.host", "127.0.0.1",
          "spark.driver.bindAddress", "127.0.0.1",
          "spark.sql.shuffle.partitions", "8");

  private static final Map<String, String> REQUIRED =
      Map.of(
          "spark.sql.session.timeZone", "UTC",
          // A static overwrite that fails half-way wipes every host; nothing here may ask for one.
          "spark.sql.sources.partitionOverwriteMode", "dynamic",
          "spark.sql.catalogImplementation", "in-memory",
          // Kryo cannot read records.
          "spark.serializer", "org.apache.spark.serializer.JavaSerializer");

  /** What Spark 4 says in the different places that may notice first. */
  private static final List<String> STOPPED =
      List.of(
          "stopped SparkContext",
          "SparkContext was shut down",
          "Spark context stopped",
          "Master removed our application",
          "All masters are unresponsive");

  /** Exceptions may name each other in a circle. */
  private static final int MAX_CAUSES = 16;

  private SparkSessions() {}

  /**
   * Starts Spark, or returns the session that runs in this process already.
   *
   * @throws OperatorException when Spark refuses the master or a setting
   * @throws EnvironmentException when it cannot start on this machine
   */
  public static SparkSession start(SparkSettings settings) {
    SparkConf conf = configure(settings, new SparkConf());
    try {
      return SparkSession.builder().config(conf).appName("memlake").getOrCreate();
    } catch (RuntimeException e) {
      throw refused(conf, e);
    } catch (Exception e) {
      // Scala code throws checked exceptions without declaring them.
      throw refused(conf, e);
    }
  }

  /**
   * Whether {@code failure} says no more than that Spark was stopped from outside: no master
   * answered, none accepted the secret, or the cluster ended the program. Spark stops itself in a
   * thread of its own then, and whatever is asked of it next fails.
   */
  public static boolean isLost(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      String message = String.valueOf(cause.getMessage());
      if (STOPPED.stream().anyMatch(message::contains)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** {@code given} with everything set that a session needs. */
  static SparkConf configure(SparkSettings settings, SparkConf given) {
    DEFAULTS.forEach(given::setIfMissing);
    settings.conf().forEach(given::set);
    settings.master().ifPresent(given::setMaster);
    given.setIfMissing("spark.master", LOCAL_MASTER);
    if (given.get("spark.master").startsWith("local")) {
      LOCAL_DEFAULTS.forEach(given::setIfMissing);
    }
    // Set before the first use of a file system: Hadoop keeps the instance it made first.
    given.set("spark.hadoop.fs.file.impl", PlainLocalFileSystem.class.getName());
    given.set("spark.sql.warehouse.dir", scratchFolder().toUri().toString());
    REQUIRED.forEach(given::set);
    return given;
  }

  /** Spark insists on a warehouse; nothing is ever kept in it, and the work folder stays clean. */
  private static Path scratchFolder() {
    try {
      Path folder = Files.createTempDirectory("memlake-warehouse-");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RuntimeException refused(SparkConf conf, Exception cause) {
    String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    if (reason.toLowerCase(Locale.ROOT).contains("master")) {
      return new OperatorException(
          "Spark does not accept --master " + conf.get("spark.master") + ": " + reason, cause);
    }
    return new EnvironmentException("Spark cannot start: " + reason, cause);
  }
}
