package io.memlake.jobs.bytes;

import org.apache.hadoop.fs.LocalFileSystem;

/**
 * Local files without Hadoop's checksum files: none are written beside what Memlake writes, and
 * reading is not slowed by looking for them. Set as {@code fs.file.impl}.
 */
public final class PlainLocalFileSystem extends LocalFileSystem {

  /** Made by Hadoop through the setting that names this class. */
  public PlainLocalFileSystem() {
    setVerifyChecksum(false);
    setWriteChecksum(false);
  }
}
