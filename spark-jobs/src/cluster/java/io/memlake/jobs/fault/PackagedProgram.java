package io.memlake.jobs.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The program as it is shipped: a thin jar, its libraries, and Spark's in a folder of their own.
 */
final class PackagedProgram {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path JAR = TARGET.resolve("memlake.jar");

  private final Map<String, String> environment;

  /** The program, with the files of its local cluster in {@code cluster}. */
  PackagedProgram(Path cluster) {
    assumeTrue(Files.exists(JAR), "skipped: " + JAR + " is not packaged yet");
    environment = Map.of("MEMLAKE_CLUSTER", cluster.toString());
  }

  /** Starts a command. */
  MemlakeProcess start(Path output, Object... arguments) throws IOException {
    String classPath = String.join(File.pathSeparator, JAR.toString(), all("app"), all("spark"));
    List<String> options = List.of("-Dspark.jars=" + String.join(",", ownJars()));
    return MemlakeProcess.start(output, classPath, environment, options, arguments);
  }

  /**
   * Starts a command as {@code spark-submit} does, with the thin jar and what Spark lacks.
   *
   * @param spark folder of an installed Spark
   * @param settings a file as {@code --properties-file} takes it
   */
  MemlakeProcess submit(Path output, Path spark, String master, Path settings, Object... arguments)
      throws IOException {
    List<Object> words = new ArrayList<>(List.of("--master", master));
    words.addAll(List.of("--properties-file", settings, "--class", "io.memlake.jobs.cli.Memlake"));
    List<String> jars =
        ownJars().stream()
            .filter(jar -> !jar.equals(JAR.toString()))
            .filter(jar -> !Files.exists(spark.resolve("jars").resolve(Path.of(jar).getFileName())))
            .toList();
    words.addAll(List.of("--jars", String.join(",", jars), JAR));
    words.addAll(List.of(arguments));
    return MemlakeProcess.startMain(
        "org.apache.spark.deploy.SparkSubmit",
        output,
        spark.resolve("jars") + File.separator + "*",
        environment,
        List.of(),
        words.toArray());
  }

  /** Links that lead out of a folder are not for those who clear it to follow. */
  static void removeLinks(Path cluster) throws IOException {
    Path jars = cluster.resolve("jars");
    if (Files.isDirectory(jars)) {
      try (Stream<Path> links = Files.list(jars)) {
        links.forEach(link -> link.toFile().delete());
      }
    }
  }

  private static String all(String folder) {
    return TARGET.resolve("lib").resolve(folder) + File.separator + "*";
  }

  /** What executors fetch from the driver: the thin jar and what Spark does not bring. */
  static List<String> ownJars() {
    List<String> jars = new ArrayList<>(List.of(JAR.toString()));
    try (Stream<Path> app = Files.list(TARGET.resolve("lib/app"))) {
      app.map(Path::toString).filter(jar -> !jar.contains("duckdb")).sorted().forEach(jars::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return jars;
  }
}
