package io.memlake.jobs.analyze;

import io.memlake.schemas.row.RunStepRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one stage cost over all hosts of a run.
 *
 * @param stage its name, as {@code run_steps} has it
 * @param hosts on how many hosts it ran
 * @param bytes evidence that it read; 0 for a stage that does not count it
 * @param millis time of each host added up, whether or not they ran at once
 */
public record StageTotal(String stage, int hosts, long bytes, long millis) {

  /** Bytes a second while a host was in this stage; 0 when it does not count bytes. */
  public double bytesPerSecond() {
    return bytes * 1000.0 / Math.max(1, millis);
  }

  /** Totals in the order in which stages first ran. */
  static List<StageTotal> of(List<List<RunStepRow>> hosts) {
    Map<String, StageTotal> totals = new LinkedHashMap<>();
    for (List<RunStepRow> steps : hosts) {
      Map<String, StageTotal> own = new LinkedHashMap<>();
      for (RunStepRow step : steps) {
        long bytes = step.getBytesIn() == null ? 0 : step.getBytesIn();
        long millis = step.getWallMs() == null ? 0 : step.getWallMs();
        own.merge(
            step.getStep(),
            new StageTotal(step.getStep(), 1, bytes, millis),
            (a, b) -> new StageTotal(a.stage, 1, a.bytes + b.bytes, a.millis + b.millis));
      }
      for (StageTotal stage : own.values()) {
        totals.merge(
            stage.stage,
            stage,
            (a, b) -> new StageTotal(a.stage, a.hosts + 1, a.bytes + b.bytes, a.millis + b.millis));
      }
    }
    return new ArrayList<>(totals.values());
  }
}
