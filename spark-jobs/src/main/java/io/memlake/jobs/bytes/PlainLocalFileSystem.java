package io.memlake.jobs.bytes;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.FSError;
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

    @Override
    protected OutputStream createOutputStream(Path path, boolean append) throws IOException {
      return new PlainOutput(super.createOutputStream(path, append));
    }

    @Override
    protected OutputStream createOutputStreamWithMode(
        Path path, boolean append, FsPermission permission) throws IOException {
      return new PlainOutput(super.createOutputStreamWithMode(path, append, permission));
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

  /** Hadoop throws an {@code Error} when a disk is full, which nobody who writes expects. */
  private static final class PlainOutput extends FilterOutputStream {
    PlainOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      try {
        out.write(value);
      } catch (FSError e) {
        throw asException(e);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (FSError e) {
        throw asException(e);
      }
    }

    private static IOException asException(FSError error) {
      return error.getCause() instanceof IOException cause
          ? cause
          : new IOException(error.getMessage(), error);
    }
  }
}
