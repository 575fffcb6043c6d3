package io.memlake.jobs.session;

import io.memlake.jobs.exit.OperatorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the user said about Spark.
 *
 * @param master where it runs, or empty to keep what {@code spark-submit} chose, else the machine
 *     itself
 * @param conf further settings by name, as Spark spells them
 */
public record SparkSettings(Optional<String> master, Map<String, String> conf) {

  /** Everything by default. */
  public static final SparkSettings DEFAULT = new SparkSettings(Optional.empty(), Map.of());

  /** Keeps a sorted copy. */
  public SparkSettings {
    conf = Map.copyOf(new TreeMap<>(conf));
  }

  /**
   * From the values of {@code --master} and {@code --conf}.
   *
   * @throws OperatorException when a setting is not {@code NAME=VALUE} or no setting of Spark
   */
  public static SparkSettings parse(String master, List<String> settings) {
    Map<String, String> conf = new TreeMap<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals <= 0 || !setting.startsWith("spark.")) {
        throw new OperatorException(
            "--conf " + setting + " is not a setting; accepted: spark.NAME=VALUE");
      }
      conf.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return new SparkSettings(Optional.ofNullable(master).filter(m -> !m.isBlank()), conf);
  }

  /** These settings on top of {@code defaults}. */
  public SparkSettings over(Map<String, String> defaults) {
    Map<String, String> all = new TreeMap<>(defaults);
    all.putAll(conf);
    return new SparkSettings(master, all);
  }
}
