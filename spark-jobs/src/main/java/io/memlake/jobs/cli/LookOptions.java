package io.memlake.jobs.cli;

import io.memlake.jobs.duckdb.DuckDbLake;
import io.memlake.jobs.exit.EnvironmentException;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.LakeSnapshot;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.session.PlainHadoop;
import io.memlake.jobs.session.SparkSessions;
import io.memlake.jobs.sql.SparkLake;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that show a case of a lake. */
final class LookOptions {
  @Mixin private LakeOption lake;
  @Mixin private SparkOptions spark;

  @Option(
      names = "--case",
      paramLabel = "NAME",
      description = "The case to show; needed when the lake holds several.")
  private String caseId;

  @Option(
      names = "--engine",
      paramLabel = "ENGINE",
      defaultValue = "duckdb",
      description = "duckdb (default), or spark for lakes on other file systems.")
  private Engine engine;

  LookOptions() {}

  String location() {
    return lake.location();
  }

  /** The case to show: the one asked for, or the only one. */
  String caseOf(LakeSnapshot snapshot) {
    List<String> cases = snapshot.cases();
    if (caseId == null && cases.size() == 1) {
      return cases.get(0);
    }
    if (cases.isEmpty()) {
      throw new OperatorException("The lake at " + lake.location() + " is empty");
    }
    if (caseId == null || !cases.contains(caseId)) {
      throw new OperatorException(
          (caseId == null ? "Choose a case with --case" : "No case " + caseId)
              + "; the lake holds: "
              + String.join(", ", cases));
    }
    return caseId;
  }

  /** What the lake holds now. */
  LakeSnapshot snapshot() throws IOException {
    Configuration configuration =
        engine == Engine.DUCKDB
            ? PlainHadoop.configuration()
            : session().sparkContext().hadoopConfiguration();
    return LakeSnapshot.of(Lake.open(lake.location(), configuration));
  }

  /** A database over the lake. */
  LakeDatabase open(LakeSnapshot snapshot, String ofCase) {
    if (engine == Engine.SPARK) {
      return SparkLake.open(session(), snapshot, ofCase);
    }
    try {
      return DuckDbLake.open(snapshot, ofCase);
    } catch (NoClassDefFoundError e) {
      throw new EnvironmentException(
          "This Memlake is packed without DuckDB; --engine spark needs none", e);
    }
  }

  private SparkSession session() {
    return SparkSessions.start(spark.settings());
  }

  /** Values of {@code --engine}. */
  enum Engine {
    DUCKDB,
    SPARK;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
