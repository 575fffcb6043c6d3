package io.memlake.jobs.cli;

import io.memlake.jobs.cluster.ClusterFolder;
import io.memlake.jobs.cluster.LocalCluster;
import io.memlake.jobs.options.JobOptions;
import io.memlake.jobs.session.SparkSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
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
    SparkSettings given = SparkSettings.parse(master, conf);
    return given.master().map(url -> given.over(ofLocalCluster(url))).orElse(given);
  }

  /** Address and secret, when {@code url} is the cluster that this user started. */
  private static Map<String, String> ofLocalCluster(String url) {
    try {
      return new LocalCluster(ClusterFolder.ofUser()).settingsFor(url);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
