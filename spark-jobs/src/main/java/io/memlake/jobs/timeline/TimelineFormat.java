package io.memlake.jobs.timeline;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Formats of an exported timeline. */
public enum TimelineFormat {
  /** One JSON object a line, for Timesketch. */
  TIMESKETCH,
  /** CSV with the columns that Timesketch needs. */
  CSV,
  /** The 11 columns of mactime. */
  BODYFILE,
  /** The 17 columns of log2timeline. */
  L2TCSV;

  /** Names of all formats, for messages. */
  public static String names() {
    return Arrays.stream(values()).map(TimelineFormat::toString).collect(Collectors.joining(", "));
  }

  /** The format of a name. */
  public static Optional<TimelineFormat> of(String name) {
    return Arrays.stream(values()).filter(format -> format.toString().equals(name)).findFirst();
  }

  TimelineWriter writer(PrintStream out) {
    return switch (this) {
      case TIMESKETCH -> new TimesketchJson(out);
      case CSV -> new TimesketchCsv(out);
      case BODYFILE -> new Bodyfile(out);
      case L2TCSV -> new LogTimelineCsv(out);
    };
  }

  /** As the command line spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
