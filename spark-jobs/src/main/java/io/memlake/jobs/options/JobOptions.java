package io.memlake.jobs.options;

import io.memlake.jobs.exit.OperatorException;
import java.util.Map;
import org.apache.spark.SparkConf;

/**
 * Typed access to the settings named in {@link OptionNames}. Out-of-range values are refused when
 * they are read, with the name and what would be accepted.
 */
public final class JobOptions {
  /** 4 TiB of pages: more than any chunk needs, and far from overflow. */
  private static final int MAX_CHUNK_PAGES = 1 << 30;

  private static final int MAX_HOSTS_IN_PARALLEL = 256;
  private static final int MAX_CHUNK_ATTEMPTS = 10;
  private static final int DEFAULT_CHUNK_ATTEMPTS = 2;

  private final SparkConf conf;

  /** Reads from these settings. */
  public JobOptions(SparkConf conf) {
    this.conf = conf;
  }

  /**
   * The settings of a running Spark, and before them those of this command: a Spark that was
   * started before does not take them over.
   */
  public static JobOptions of(SparkConf running, Map<String, String> command) {
    SparkConf conf = running.clone();
    command.forEach(conf::set);
    return new JobOptions(conf);
  }

  /** Pages a chunk, or 0 to choose by the size of the image. */
  public int chunkPages() {
    return number(OptionNames.CHUNK_PAGES, 0, 0, MAX_CHUNK_PAGES);
  }

  /** Hosts side by side: by default one for two cores, at least two, at most eight. */
  public int hostsInParallel(int cores) {
    int asked = number(OptionNames.HOSTS_IN_PARALLEL, 0, 0, MAX_HOSTS_IN_PARALLEL);
    return asked > 0 ? asked : Math.max(2, Math.min(8, cores / 2));
  }

  /** How often a chunk is tried. */
  public int chunkAttempts() {
    return number(OptionNames.CHUNK_ATTEMPTS, DEFAULT_CHUNK_ATTEMPTS, 1, MAX_CHUNK_ATTEMPTS);
  }

  private int number(String name, int byDefault, int least, int most) {
    String text = conf.get(name, Integer.toString(byDefault));
    try {
      int value = Integer.parseInt(text.trim());
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for every wrong value.
    }
    throw new OperatorException(
        name + " is " + text + "; accepted: a whole number from " + least + " to " + most);
  }
}
