package io.memlake.jobs.lake;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** The lake cannot be written: the disk is full, the folder is read-only, the store is gone. */
public final class LakeWriteException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the place and the reason in one line. */
  public LakeWriteException(Path path, IOException cause) {
    super(
        "Cannot write "
            + path.toUri().getPath()
            + ": "
            + String.valueOf(cause.getMessage()).lines().findFirst().orElse("unknown reason"),
        cause);
  }
}
