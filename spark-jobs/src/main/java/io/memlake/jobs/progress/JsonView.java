package io.memlake.jobs.progress;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** One JSON object a line: at the start of a stage, every second, and when a host is done. */
final class JsonView implements ProgressView {
  private static final long INTERVAL_MILLIS = 1000;

  private final ObjectMapper mapper = new ObjectMapper();
  private final PrintStream err;
  private final Clock clock;
  private final Map<String, String> lastStage = new HashMap<>();
  private final Map<String, Long> lastLine = new HashMap<>();

  JsonView(PrintStream err, Clock clock) {
    this.err = err;
    this.clock = clock;
  }

  @Override
  public void show(Map<String, StageState> active, String host) {
    StageState state = active.get(host);
    long now = clock.millis();
    boolean newStage = !state.stage().equals(lastStage.put(host, state.stage()));
    boolean complete = state.total() > 0 && state.done() >= state.total();
    if (!newStage && !complete && now - lastLine.getOrDefault(host, 0L) < INTERVAL_MILLIS) {
      return;
    }
    lastLine.put(host, now);
    ObjectNode line = line(host);
    line.put("stage", state.stage()).put("done", state.done()).put("total", state.total());
    line.put("unit", state.unit()).put("rate", Math.round(state.rate(now)));
    line.put("eta_s", state.secondsLeft(now));
    err.println(line);
  }

  @Override
  public void ended(Map<String, StageState> active, String host, String status, String message) {
    lastStage.remove(host);
    err.println(line(host).put("status", status).put("message", message));
  }

  @Override
  public void close() {
    err.flush();
  }

  private ObjectNode line(String host) {
    return mapper.createObjectNode().put("ts", clock.instant().toString()).put("host", host);
  }
}
