package io.memlake.jobs.progress;

import io.memlake.jobs.output.CellText;
import io.memlake.jobs.output.Screen;
import io.memlake.jobs.output.TextWidth;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/** A line with a bar for each host at work, redrawn in place a few times a second. */
final class BarView implements ProgressView {
  private static final long INTERVAL_MILLIS = 150;
  private static final int BAR_WIDTH = 20;
  private static final int MAX_LINES = 8;
  private static final int HOST_WIDTH = 16;
  private static final String CLEAR_BELOW = "\u001b[J";

  private final PrintStream err;
  private final Clock clock;
  private final int width;
  private int drawn;
  private long lastDrawn;

  BarView(PrintStream err, Clock clock) {
    this.err = err;
    this.clock = clock;
    this.width = Screen.ofErrors().width();
  }

  @Override
  public void show(Map<String, StageState> active, String host) {
    long now = clock.millis();
    if (now - lastDrawn >= INTERVAL_MILLIS) {
      lastDrawn = now;
      draw(active, now);
    }
  }

  @Override
  public void ended(Map<String, StageState> active, String host, String status, String message) {
    erase();
    err.println(
        CellText.printable(host + "  " + status + (message.isEmpty() ? "" : ": " + message)));
    draw(active, clock.millis());
  }

  @Override
  public void close() {
    erase();
    err.flush();
  }

  private void draw(Map<String, StageState> active, long now) {
    erase();
    StringBuilder lines = new StringBuilder();
    for (StageState state : active.values()) {
      if (drawn == MAX_LINES) {
        break;
      }
      // A line that wraps would not be erased whole.
      String line = line(state, now);
      lines.append(width > 0 ? TextWidth.cut(line, width - 1) : line).append('\n');
      drawn++;
    }
    err.print(lines);
    err.flush();
  }

  private void erase() {
    if (drawn > 0) {
      err.print("\u001b[" + drawn + "A\r");
      err.print(CLEAR_BELOW);
      drawn = 0;
    }
  }

  private static String line(StageState state, long now) {
    String host = CellText.printable(state.host());
    host = TextWidth.cut(host, HOST_WIDTH);
    String padding = " ".repeat(HOST_WIDTH - TextWidth.of(host));
    String head = host + padding + String.format("  %-11s ", state.stage());
    if (state.total() <= 0) {
      return head;
    }
    int full = (int) (state.share() * BAR_WIDTH);
    return head
        + "█".repeat(full)
        + "░".repeat(BAR_WIDTH - full)
        + String.format(
            "  %s / %s  %s/s  %s",
            Amounts.text((double) state.done(), state.unit()),
            Amounts.text((double) state.total(), state.unit()),
            Amounts.text(state.rate(now), state.unit()),
            Amounts.duration(state.secondsLeft(now)));
  }
}
