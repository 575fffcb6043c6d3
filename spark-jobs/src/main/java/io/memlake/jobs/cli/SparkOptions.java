package io.memlake.jobs.cli;

import io.memlake.jobs.options.JobOptions;
import io.memlake.jobs.session.SparkSettings;
import java.util.List;
import org.apache.spark.sql.SparkSession;
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

  JobOptions options(SparkSession session) {
    return JobOptions.of(session.sparkContext().conf(), settings().conf());
  }

  SparkSettings settings() {
    return SparkSettings.parse(master, conf);
  }
}
