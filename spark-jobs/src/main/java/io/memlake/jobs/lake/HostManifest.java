package io.memlake.jobs.lake;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The commit marker of a host: which files make up its results and from what they were made.
 * Readers trust only what the highest version of it names.
 *
 * @param version counts up with every publication of the host
 * @param caseId the case
 * @param host the host
 * @param runId the run that published it
 * @param imageId identity of the memory image
 * @param imageSha256 SHA-256 of the image, or {@code pieces:} and one over those of its pieces;
 *     empty when it was not hashed
 * @param status {@code ok}, {@code partial} or {@code failed}
 * @param message why it is not {@code ok}, one line; empty otherwise
 * @param parameters everything that the rows depend on, by name
 * @param publishedAt ISO-8601 time of the publication
 * @param tables files by table, their paths being names inside the host's partition
 */
public record HostManifest(
    long version,
    String caseId,
    String host,
    String runId,
    String imageId,
    String imageSha256,
    String status,
    String message,
    Map<String, String> parameters,
    String publishedAt,
    Map<String, List<DataFile>> tables) {
  /** Every table and chunk was done. */
  public static final String OK = "ok";

  /** Something is missing, and {@code errors} says what. */
  public static final String PARTIAL = "partial";

  /** Nothing but the reason came out. */
  public static final String FAILED = "failed";

  /** Sorts both maps, so that equal manifests have equal texts. */
  public HostManifest {
    parameters = new TreeMap<>(parameters);
    tables = new TreeMap<>(tables);
  }

  /** Rows of a table on this host. */
  public long rows(String table) {
    return tables.getOrDefault(table, List.of()).stream().mapToLong(DataFile::rows).sum();
  }
}
