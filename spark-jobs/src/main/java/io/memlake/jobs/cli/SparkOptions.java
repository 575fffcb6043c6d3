package io.memlake.jobs.cli;

import io.memlake.jobs.session.SparkSettings;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of every command that starts Spark. */
final class SparkOptions {
  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Where Spark runs: local[*] (default), spark://…, yarn, k8s://….")
  private String master;

  @Option(
      names = "--conf",
      paramLabel = "K=V",
      description = "A setting of Spark or Memlake (spark.memlake.…); may be repeated.")
  private List<String> conf = List.of();

  SparkOptions() {}

  SparkSettings settings() {
    return SparkSettings.parse(master, conf);
  }
}
