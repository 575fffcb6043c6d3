package io.memlake.jobs.lake;

import java.io.Serializable;

/**
 * One Parquet file of a table.
 *
 * @param path where it lies: the full path while it is staged, the file name once it is published
 * @param rows how many rows it holds
 * @param bytes its length
 * @param sha256 of the whole file, 64 lower-case hex digits; empty in lakes of older releases
 */
public record DataFile(String path, long rows, long bytes, String sha256) implements Serializable {

  /** Takes the absence of a hash for an empty one. */
  public DataFile {
    sha256 = sha256 == null ? "" : sha256;
  }

  /** The same file under another name. */
  public DataFile named(String name) {
    return new DataFile(name, rows, bytes, sha256);
  }
}
