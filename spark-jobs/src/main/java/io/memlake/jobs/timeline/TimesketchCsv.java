package io.memlake.jobs.timeline;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/**
 * CSV with the columns that Timesketch asks for first. Cells that a spreadsheet would run are
 * disarmed.
 */
final class TimesketchCsv implements TimelineWriter {
  private static final String FORMULA_STARTS = "=+-@\t\r";

  private final PrintStream out;

  TimesketchCsv(PrintStream out) {
    this.out = out;
  }

  @Override
  public void begin() {
    out.print(
        "message,datetime,timestamp_desc,data_type,hostname,pid,entity_key,forensic_path\r\n");
  }

  @Override
  public void event(TimelineEvent event) {
    List<String> cells =
        List.of(
            event.message(),
            event.datetime().toString(),
            event.meaning(),
            "memory:" + event.table(),
            event.host(),
            event.pid() == null ? "" : event.pid().toString(),
            event.key(),
            event.path());
    out.print(cells.stream().map(TimesketchCsv::cell).collect(Collectors.joining(",")) + "\r\n");
  }

  private static String cell(String value) {
    String text = FieldLimit.cut(value);
    if (!text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
