package io.memlake.jobs.timeline;

import java.io.PrintStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The 17 columns of log2timeline. The format has no quotes, so commas and line ends become blanks.
 */
final class LogTimelineCsv implements TimelineWriter {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("MM/dd/uuuu", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int SHORT = 80;

  private final PrintStream out;

  LogTimelineCsv(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin() {
    out.print(
        "date,time,timezone,MACB,source,sourcetype,type,user,host,short,desc,version,filename,inode,"
            + "notes,format,extra\n");
  }

  @Override
  public void event(TimelineEvent event) {
    String message = event.message();
    List<String> cells =
        List.of(
            DATE.format(event.datetime()),
            TIME.format(event.datetime()),
            "UTC",
            Macb.of(event.meaning()),
            "MEM",
            event.table(),
            event.meaning(),
            "-",
            event.host(),
            message.length() <= SHORT ? message : message.substring(0, SHORT),
            message,
            "2",
            "-",
            "-",
            event.path().isEmpty() ? "-" : event.path(),
            "memlake",
            event.pid() == null ? "-" : "pid: " + event.pid());
    out.print(cells.stream().map(LogTimelineCsv::cell).collect(Collectors.joining(",")) + "\n");
  }

  private static String cell(String value) {
    return FieldLimit.cut(value).replaceAll("[,\\p{Cntrl}]", " ");
  }
}
