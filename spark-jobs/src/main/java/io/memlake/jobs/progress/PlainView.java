package io.memlake.jobs.progress;

import io.memlake.jobs.output.CellText;
import java.io.PrintStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** A line when a stage begins, every ten seconds while it lasts, and when the host is done. */
final class PlainView implements ProgressView {
  private static final long INTERVAL_MILLIS = 10_000;

  private final PrintStream err;
  private final Clock clock;
  private final Map<String, String> lastStage = new HashMap<>();
  private final Map<String, Long> lastLine = new HashMap<>();

  PlainView(PrintStream err, Clock clock) {
    this.err = err;
    this.clock = clock;
  }

  @Override
  public void show(Map<String, StageState> active, String host) {
    StageState state = active.get(host);
    long now = clock.millis();
    boolean newStage = !state.stage().equals(lastStage.put(host, state.stage()));
    if (!newStage && now - lastLine.getOrDefault(host, 0L) < INTERVAL_MILLIS) {
      return;
    }
    lastLine.put(host, now);
    StringBuilder line = new StringBuilder(CellText.printable(host)).append(": ");
    line.append(state.stage());
    if (state.total() > 0) {
      line.append(
          newStage ? " " : " " + Amounts.text((double) state.done(), state.unit()) + " of ");
      line.append(Amounts.text((double) state.total(), state.unit()));
    }
    if (!newStage && state.done() > 0) {
      line.append(", ").append(Amounts.text(state.rate(now), state.unit())).append("/s");
      line.append(", ").append(Amounts.duration(state.secondsLeft(now))).append(" left");
    }
    err.println(line);
  }

  @Override
  public void ended(Map<String, StageState> active, String host, String status, String message) {
    lastStage.remove(host);
    err.println(
        CellText.printable(host + ": " + status + (message.isEmpty() ? "" : ": " + message)));
  }

  @Override
  public void close() {
    err.flush();
  }
}
