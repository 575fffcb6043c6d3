package io.memlake.jobs.bytes;

import io.memlake.jobs.exit.OperatorException;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** How users and rows spell where a file is: a plain path for local files, a URI for all others. */
public final class Locations {
  /** At least two letters, so that a Windows drive is not taken for a scheme. */
  private static final Pattern URI = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:/.*", Pattern.DOTALL);

  /** Schemes whose every request is an HTTP round trip. */
  private static final Set<String> OBJECT_STORES =
      Set.of("s3a", "s3", "s3n", "gs", "abfs", "abfss", "wasb", "wasbs", "oci", "cosn", "oss");

  /** Of them, those that know folders, and so can rename one at once. */
  private static final Set<String> WITH_FOLDERS = Set.of("abfs", "abfss");

  private Locations() {}

  /**
   * The place that {@code text} names; a relative path is taken from the working folder.
   *
   * @throws OperatorException when it can be no path at all
   */
  public static Path parse(String text) {
    try {
      return URI.matcher(text).matches()
          ? new Path(text)
          : new Path(java.nio.file.Path.of(text).toAbsolutePath().normalize().toUri());
    } catch (IllegalArgumentException e) {
      throw new OperatorException("Not a path: " + text + " (" + e.getMessage() + ")", e);
    }
  }

  /** A pattern with {@code * ? [] {}}, made absolute but otherwise kept as it is. */
  public static Path parsePattern(String text) {
    if (URI.matcher(text).matches() || text.startsWith("/")) {
      return new Path(text);
    }
    return new Path(java.nio.file.Path.of("").toAbsolutePath() + "/" + text);
  }

  /** Whether the path is on this machine's file system. */
  public static boolean isLocal(Path path) {
    String scheme = path.toUri().getScheme();
    return scheme == null || scheme.equals("file");
  }

  /** Whether a file system of this scheme is an object store. */
  public static boolean isObjectStore(String scheme) {
    return OBJECT_STORES.contains(scheme);
  }

  /**
   * Whether it is one in which an object appears when it is complete and renaming means copying, a
   * folder object by object.
   */
  public static boolean isFlatStore(String scheme) {
    return isObjectStore(scheme) && !WITH_FOLDERS.contains(scheme);
  }

  /** As {@link #parse} understands it and people read it. */
  public static String text(Path path) {
    return isLocal(path) ? path.toUri().getPath() : path.toString();
  }
}
