package io.memlake.jobs.cli;

import io.memlake.jobs.hunt.run.ProgramVersions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.regex.Pattern;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the program. */
public final class ToolVersion implements IVersionProvider {

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}(-dirty)?");

  /** For picocli. */
  public ToolVersion() {}

  /** For instance {@code 0.1.0}. */
  public static String current() {
    return written().getProperty("version");
  }

  /**
   * The commit that the program was built from, 40 hex digits, then {@code -dirty} when files
   * differed from it; empty when it was built outside a repository.
   */
  public static String commit() {
    return commit(written());
  }

  static String commit(Properties written) {
    String commit = written.getProperty("commit", "");
    // Maven leaves names that have no value as they are.
    return COMMIT.matcher(commit).matches() ? commit : "";
  }

  private static Properties written() {
    Properties properties = new Properties();
    try (InputStream file = ToolVersion.class.getResourceAsStream("version.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  /** Versions of all programs that make a run. */
  static ProgramVersions programs() {
    return new ProgramVersions(current(), commit(), spark());
  }

  private static String spark() {
    return org.apache.spark.package$.MODULE$.SPARK_VERSION();
  }

  @Override
  public String[] getVersion() {
    String built = commit().isEmpty() ? "" : " (" + commit() + ")";
    return new String[] {
      "memlake " + current() + built, "Spark " + spark(), "Java " + Runtime.version()
    };
  }
}
