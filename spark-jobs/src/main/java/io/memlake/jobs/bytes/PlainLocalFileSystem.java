package io.memlake.jobs.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Local files without Hadoop's checksum files, which are then neither written beside what Memlake
 * writes nor looked for when it reads, and without the processes that Hadoop starts to set
 * permissions. Set as {@code fs.file.impl}.
 */
public final class PlainLocalFileSystem extends LocalFileSystem {

  /** Made by Hadoop through the setting that names this class. */
  public PlainLocalFileSystem() {
    super(new RawFiles());
    setVerifyChecksum(false);
    setWriteChecksum(false);
  }

  /** Without its native library Hadoop runs chmod for every file and folder that it makes. */
  private static final class RawFiles extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      java.nio.file.Path file = pathToFile(path).toPath();
      if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(text(permission)));
      }
    }

    private static String text(FsPermission permission) {
      return symbol(permission.getUserAction())
          + symbol(permission.getGroupAction())
          + symbol(permission.getOtherAction());
    }

    private static String symbol(FsAction action) {
      return action.SYMBOL;
    }
  }
}
