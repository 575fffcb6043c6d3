package io.memlake.jobs.lake;

import io.memlake.jobs.bytes.Locations;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Lets one command write a lake at a time. A local lake is locked by the operating system, which
 * lets go when the process dies. Other file systems have no such lock: there the file itself is the
 * lock, and the operator deletes what a killed command left.
 */
final class LakeLock implements Closeable {
  private final Closeable release;

  private LakeLock(Closeable release) {
    this.release = release;
  }

  /** Takes the lock, or tells that another command holds it. */
  static Optional<LakeLock> tryAcquire(LakeLayout layout, LakeFiles files) throws IOException {
    if (Locations.isLocal(layout.root())) {
      return lockFile(layout);
    }
    return files.createNew(layout.lock(), holder())
        ? Optional.of(new LakeLock(() -> files.delete(layout.lock())))
        : Optional.empty();
  }

  /** Who to ask, for the operator that finds the file; different in every process. */
  private static String holder() {
    return ProcessHandle.current().pid()
        + " since "
        + Instant.now()
        + " "
        + UUID.randomUUID()
        + "\n";
  }

  private static Optional<LakeLock> lockFile(LakeLayout layout) throws IOException {
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              Path.of(Locations.text(layout.lock())),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new LakeWriteException(layout.lock(), e);
    }
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new LakeLock(channel));
      }
    } catch (OverlappingFileLockException e) {
      // Held inside this very process: the same answer as when another one holds it.
    }
    channel.close();
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    release.close();
  }
}
