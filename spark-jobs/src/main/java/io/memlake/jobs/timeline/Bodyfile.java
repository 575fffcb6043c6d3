package io.memlake.jobs.timeline;

import java.io.PrintStream;

/**
 * A line an event: {@code MD5|name|inode|mode|UID|GID|size|atime|mtime|ctime|crtime}, seconds since
 * 1970. Each event sets the times that it is most like; mactime joins them again.
 */
final class Bodyfile implements TimelineWriter {
  private final PrintStream out;

  Bodyfile(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin() {
    // There is no heading.
  }

  @Override
  public void event(TimelineEvent event) {
    String kinds = Macb.of(event.meaning());
    long time = event.datetime().getEpochSecond();
    String name =
        "[" + event.host() + " " + event.table() + "] " + event.meaning() + ": " + event.message();
    out.print(
        "0|"
            + FieldLimit.cut(name).replace("|", "%7C").replaceAll("[\\r\\n]+", " ")
            + "|0|0|0|0|0|"
            + (kinds.charAt(1) == 'A' ? time : 0)
            + "|"
            + (kinds.charAt(0) == 'M' ? time : 0)
            + "|"
            + (kinds.charAt(2) == 'C' ? time : 0)
            + "|"
            + (kinds.charAt(3) == 'B' ? time : 0)
            + "\n");
  }
}
