package io.memlake.jobs.analyze;

import io.memlake.engine.scan.ScanTimes;
import io.memlake.jobs.task.ChunkTask.ChunkResult;
import io.memlake.schemas.row.RunStepRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** The steps of one host, as {@code run_steps} keeps them. */
final class StepLog {
  private static final double NANOS_A_MILLISECOND = 1e6;

  private final List<RunStepRow> rows = new ArrayList<>();

  /** A step begins now. */
  synchronized RunStepRow begin(String step) {
    RunStepRow row = new RunStepRow();
    row.setSource("tool");
    row.setStep(step);
    row.setStatus("ok");
    row.setStarted(now());
    rows.add(row);
    return row;
  }

  /** A step ended well. */
  static void end(RunStepRow row, int tasks, Long bytesIn, Long rowsOut) {
    row.setTasks(tasks);
    row.setBytesIn(bytesIn);
    row.setRowsOut(rowsOut);
    stop(row);
  }

  /** Takes what the tasks of a job of the step cost; the jobs of a step add up. */
  static LongConsumer cost(RunStepRow row) {
    return nanos -> {
      long before = row.getCpuMs() == null ? 0 : row.getCpuMs();
      row.setCpuMs(before + Math.round(nanos / NANOS_A_MILLISECOND));
    };
  }

  /**
   * Tells where the processor time of a step went that scans, whose cost must be known by now;
   * nothing when all of it was taken from an earlier run.
   */
  static void times(RunStepRow row, List<ChunkResult> chunks) {
    ScanTimes times = ScanTimes.NONE;
    for (ChunkResult chunk : chunks) {
      times = times.plus(chunk.times());
    }
    if (times.total() > 0) {
      double cost = row.getCpuMs() == null ? 0 : row.getCpuMs() * NANOS_A_MILLISECOND;
      double total = Math.max((double) times.total(), cost);
      row.setReadPct(100 * times.read() / total);
      row.setHashPct(100 * times.kind() / total);
      row.setPoolTagsPct(100 * times.poolTags() / total);
      row.setSignaturesPct(100 * times.signatures() / total);
      row.setFeaturesPct(100 * times.features() / total);
      row.setOtherPct(100 * (total - times.total() + times.rest()) / total);
    }
  }

  /** A step ended badly. */
  static void fail(RunStepRow row, String error) {
    row.setStatus("failed");
    row.setError(error);
    stop(row);
  }

  /** All steps so far. */
  synchronized List<RunStepRow> rows() {
    return List.copyOf(rows);
  }

  /** The time as tables keep it. */
  static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }

  private static void stop(RunStepRow row) {
    row.setEnded(now());
    row.setWallMs(ChronoUnit.MILLIS.between(row.getStarted(), row.getEnded()));
  }
}
