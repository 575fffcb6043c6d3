package io.memlake.jobs.progress;

/**
 * How far a host is in a stage.
 *
 * @param host the host
 * @param stage the stage
 * @param done how much is done
 * @param total how much there is; 0 when not known
 * @param unit what is counted
 * @param startedMillis when the stage began
 */
record StageState(
    String host, String stage, long done, long total, String unit, long startedMillis) {

  StageState plus(long amount) {
    return new StageState(host, stage, done + amount, total, unit, startedMillis);
  }

  /** Units a second so far. */
  double rate(long nowMillis) {
    return done * 1000.0 / Math.max(1, nowMillis - startedMillis);
  }

  /** Share that is done, 0 to 1. */
  double share() {
    return total <= 0 ? 0 : Math.min(1.0, (double) done / total);
  }

  /** Seconds left at the rate so far, or -1. */
  long secondsLeft(long nowMillis) {
    return total <= 0 || done <= 0 ? -1 : Math.round((total - done) / rate(nowMillis));
  }
}
