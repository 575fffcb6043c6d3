package io.memlake.engine.artifacts;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Windows times as the tables keep them. */
public final class FileTimes {
  private static final long EPOCH_DIFFERENCE = 116_444_736_000_000_000L;
  private static final long TICKS_PER_MICROSECOND = 10;

  private FileTimes() {}

  /** UTC of a FILETIME in 100 ns since 1601, cut to microseconds; null for 0, which is no time. */
  public static Instant instant(long fileTime) {
    if (fileTime == 0) {
      return null;
    }
    long microseconds = Math.floorDiv(fileTime - EPOCH_DIFFERENCE, TICKS_PER_MICROSECOND);
    return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
  }
}
