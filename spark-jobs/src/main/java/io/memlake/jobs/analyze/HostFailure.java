package io.memlake.jobs.analyze;

import io.memlake.jobs.lake.LakeWriteException;
import io.memlake.jobs.lake.RunRecord.HostOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a host was not published.
 *
 * @param message one line
 * @param lakeFull whether the lake cannot be written
 * @param hashChanged whether evidence is not what was recorded
 */
record HostFailure(String message, boolean lakeFull, boolean hashChanged) {
  /** Exceptions inside exceptions that are looked at. */
  private static final int MAX_DEPTH = 20;

  /** Finds the exception that says something among those that Spark wraps around it. */
  static HostFailure of(Throwable failure) {
    Throwable deepest = failure;
    Throwable at = failure;
    for (int depth = 0; at != null && depth < MAX_DEPTH; depth++) {
      if (at instanceof LakeWriteException) {
        return new HostFailure(oneLine(at), true, false);
      }
      deepest = at;
      at = at.getCause();
    }
    return new HostFailure(oneLine(deepest), false, false);
  }

  static HostFailure changed(HostPlan plan, String problem) {
    return new HostFailure(
        plan.host() + " is not the evidence that was recorded: " + problem, false, true);
  }

  HostResult result(HostPlan plan, StepLog steps) {
    List<io.memlake.schemas.row.RunStepRow> rows = new ArrayList<>(steps.rows());
    String stage = rows.isEmpty() ? "register" : rows.get(rows.size() - 1).getStep();
    for (io.memlake.schemas.row.RunStepRow row : rows) {
      if (row.getEnded() == null) {
        StepLog.fail(row, message);
        stage = row.getStep();
      }
    }
    return new HostResult(
        new HostOutcome(plan.host(), "failed", stage, message),
        plan.registered().imageId(),
        rows,
        lakeFull,
        hashChanged);
  }

  private static String oneLine(Throwable failure) {
    String text = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    boolean expected = failure instanceof java.io.IOException;
    return expected ? text : failure.getClass().getSimpleName() + ": " + text;
  }
}
