package io.memlake.jobs.cli;

import io.memlake.jobs.hunt.run.ProgramVersions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the program. */
public final class ToolVersion implements IVersionProvider {

  /** For picocli. */
  public ToolVersion() {}

  /** For instance {@code 0.1.0}. */
  public static String current() {
    Properties properties = new Properties();
    try (InputStream file = ToolVersion.class.getResourceAsStream("version.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /** Versions of all programs that make a run. */
  static ProgramVersions programs() {
    return new ProgramVersions(current(), spark());
  }

  private static String spark() {
    return org.apache.spark.package$.MODULE$.SPARK_VERSION();
  }

  @Override
  public String[] getVersion() {
    return new String[] {"memlake " + current(), "Spark " + spark(), "Java " + Runtime.version()};
  }
}
