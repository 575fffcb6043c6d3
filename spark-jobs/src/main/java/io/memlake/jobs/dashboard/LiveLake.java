package io.memlake.jobs.dashboard;

import io.memlake.jobs.lake.LakeSnapshot;
import io.memlake.jobs.query.LakeDatabase;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A database over a lake that other commands go on filling: it is opened again when it changed. */
final class LiveLake implements Closeable {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final DashboardServer.Opener opener;
  private LakeSnapshot snapshot;
  private LakeDatabase database;
  private LakeDatabase retired;
  private long lookedAt;
  private long version;

  LiveLake(DashboardServer.Opener opener) throws IOException {
    this.opener = opener;
    snapshot = opener.look();
    database = opener.open(snapshot);
    lookedAt = System.nanoTime();
  }

  /**
   * The database as it is now. One that was handed out before stays usable until it is replaced
   * twice, so that queries in flight end well.
   */
  synchronized LakeDatabase now() throws IOException {
    if (System.nanoTime() - lookedAt > LOOK_NANOS) {
      LakeSnapshot seen = opener.look();
      lookedAt = System.nanoTime();
      if (!seen.equals(snapshot)) {
        LakeDatabase old = database;
        database = opener.open(seen);
        snapshot = seen;
        version++;
        retire(old);
      }
    }
    return database;
  }

  /** Counts the changes seen. */
  synchronized long version() {
    return version;
  }

  @Override
  public synchronized void close() {
    retire(null);
    database.close();
  }

  private void retire(LakeDatabase old) {
    if (retired != null) {
      retired.close();
    }
    retired = old;
  }
}
