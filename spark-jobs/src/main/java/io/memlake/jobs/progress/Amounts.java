package io.memlake.jobs.progress;

import java.util.Locale;

/** Amounts as people read them. */
public final class Amounts {
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private Amounts() {}

  static String text(double amount, String unit) {
    if (!unit.equals("bytes")) {
      return String.format(Locale.ROOT, "%,d %s", Math.round(amount), unit);
    }
    return bytes(amount);
  }

  /** Bytes in the unit that leaves less than four digits, for instance {@code 20.0 KiB}. */
  public static String bytes(double amount) {
    double value = amount;
    int scale = 0;
    while (value >= 1024 && scale < BINARY.length - 1) {
      value /= 1024;
      scale++;
    }
    return String.format(Locale.ROOT, scale == 0 ? "%.0f %s" : "%.1f %s", value, BINARY[scale]);
  }

  static String duration(long seconds) {
    return seconds < 0 ? "" : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }
}
