package io.memlake.jobs.options;

/**
 * Names of all settings that {@code --conf NAME=VALUE} understands beside Spark's own. They begin
 * with {@code spark.} because {@code spark-submit} drops every other name.
 */
public final class OptionNames {
  /** Pages of 4096 bytes that one chunk task scans at most; 0 chooses by the size of the image. */
  public static final String CHUNK_PAGES = "spark.memlake.chunk-pages";

  /** Hosts that are analyzed side by side; 0 chooses by the number of cores. */
  public static final String HOSTS_IN_PARALLEL = "spark.memlake.hosts-in-parallel";

  /** Times a failing chunk is tried before it becomes a gap. */
  public static final String CHUNK_ATTEMPTS = "spark.memlake.chunk-attempts";

  private OptionNames() {}
}
