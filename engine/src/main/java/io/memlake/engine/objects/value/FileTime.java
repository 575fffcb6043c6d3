package io.memlake.engine.objects.value;

import java.time.Instant;
import java.util.Optional;

/** Times as Windows stores them: units of 100 ns since 1601-01-01 UTC. */
public final class FileTime {
  private static final long TICKS_PER_SECOND = 10_000_000L;
  private static final int NANOS_PER_TICK = 100;

  /** 1601-01-01 in seconds of the Unix clock. */
  private static final long EPOCH_SECOND = -11_644_473_600L;

  /** 1970-01-01: no Windows that this engine reads wrote an earlier time of its own. */
  private static final long UNIX_EPOCH = 116_444_736_000_000_000L;

  /** 2200-01-01. */
  private static final long FAR_FUTURE = 189_026_784_000_000_000L;

  private FileTime() {}

  /** The moment, or empty for 0 (not set) and for negative numbers, which are no times. */
  public static Optional<Instant> instant(long fileTime) {
    if (fileTime <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        Instant.ofEpochSecond(
            EPOCH_SECOND + fileTime / TICKS_PER_SECOND,
            fileTime % TICKS_PER_SECOND * NANOS_PER_TICK));
  }

  /** Whether a record found without context may carry this time: between 1970 and 2200. */
  public static boolean plausible(long fileTime) {
    return fileTime >= UNIX_EPOCH && fileTime < FAR_FUTURE;
  }

  /** ISO 8601 with all seven digits of the fraction, or the empty string for no time. */
  public static String text(long fileTime) {
    return instant(fileTime)
        .map(
            at -> {
              String whole = Instant.ofEpochSecond(at.getEpochSecond()).toString();
              String ticks = String.valueOf(TICKS_PER_SECOND + fileTime % TICKS_PER_SECOND);
              return whole.substring(0, whole.length() - 1) + "." + ticks.substring(1) + "Z";
            })
        .orElse("");
  }
}
