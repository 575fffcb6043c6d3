package io.memlake.jobs.cluster;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of a local cluster, laid out as an installed Spark: {@code jars}, {@code conf}, {@code
 * logs}, {@code work}. Only its owner may enter it, since the secret lies in it.
 *
 * @param path of the folder
 */
public record ClusterFolder(Path path) {
  /** Memlake's own, and DuckDB, which is large and answers on the user's machine only. */
  private static final Pattern NOT_SPARK = Pattern.compile("(memlake|duckdb_jdbc)[-.].*");

  /** Where the cluster of this user is: {@code MEMLAKE_CLUSTER}, or a folder in the home folder. */
  public static ClusterFolder ofUser() {
    String named = System.getenv("MEMLAKE_CLUSTER");
    return new ClusterFolder(
        named == null || named.isBlank()
            ? Path.of(System.getProperty("user.home"), ".memlake", "cluster")
            : Path.of(named).toAbsolutePath());
  }

  /** Makes the folder and puts Spark's jars into it. */
  void create() throws IOException {
    Files.createDirectories(path);
    if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }
    for (String folder : List.of("jars", "conf", "logs", "work")) {
      Files.createDirectories(path.resolve(folder));
    }
    // Links of an older program would mix its libraries with those of this one.
    try (Stream<Path> old = Files.list(path.resolve("jars"))) {
      for (Path link : old.toList()) {
        Files.delete(link);
      }
    }
    for (Path jar : sparkJars(System.getProperty("java.class.path"))) {
      Files.createSymbolicLink(path.resolve("jars").resolve(jar.getFileName()), jar);
    }
  }

  /**
   * Spark and what it needs: all jars of this process but Memlake's own, which executors fetch from
   * the driver. The jars beside Spark's own are not enough: what Memlake needs too lies elsewhere.
   */
  static List<Path> sparkJars(String classPath) {
    return Arrays.stream(classPath.split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar"))
        .map(entry -> Path.of(entry).toAbsolutePath())
        .filter(jar -> !NOT_SPARK.matcher(jar.getFileName().toString()).matches())
        .toList();
  }

  /** Class path of everything that runs on the cluster. */
  String classPath() {
    return path.resolve("jars") + File.separator + "*";
  }

  /** Settings of the cluster and of whatever is submitted to it. */
  Path settings() {
    return path.resolve("conf").resolve("spark-defaults.conf");
  }

  Path log(String member) {
    return path.resolve("logs").resolve(member + ".log");
  }

  Path state() {
    return path.resolve("cluster.properties");
  }

  /** What is written in a file of names and values; empty when it is not there. */
  static Properties read(Path file) throws IOException {
    Properties values = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        values.load(reader);
      }
    }
    return values;
  }

  /** Writes names and values into a file that only its owner may read. */
  static void write(Path file, Properties values) throws IOException {
    Files.deleteIfExists(file);
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    try (Writer writer = Files.newBufferedWriter(file)) {
      values.store(writer, null);
    }
  }
}
