package io.memlake.testdata.kernel;

import java.time.Duration;
import java.time.Instant;

/** Windows' count of time: 100-nanosecond steps since 1601. */
public final class SystemClock {

  private static final long STEPS_PER_SECOND = 10_000_000;
  private static final Instant EPOCH = Instant.parse("1601-01-01T00:00:00Z");

  private SystemClock() {}

  /** An instant as a Windows file time. */
  public static long fileTime(Instant instant) {
    Duration since = Duration.between(EPOCH, instant);
    return since.getSeconds() * STEPS_PER_SECOND + since.getNano() / 100;
  }

  /** A Windows file time as an instant. */
  public static Instant instant(long fileTime) {
    return EPOCH
        .plusSeconds(fileTime / STEPS_PER_SECOND)
        .plusNanos(fileTime % STEPS_PER_SECOND * 100);
  }
}
