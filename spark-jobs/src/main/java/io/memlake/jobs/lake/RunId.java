package io.memlake.jobs.lake;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/** Makes names of runs. */
public final class RunId {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int SUFFIX = 4;

  private RunId() {}

  /** Sorts by time; the suffix keeps two runs of one millisecond apart. */
  public static String next() {
    return TIME.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, SUFFIX);
  }
}
