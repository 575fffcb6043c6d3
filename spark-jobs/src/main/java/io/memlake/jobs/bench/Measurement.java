package io.memlake.jobs.bench;

/**
 * One stage.
 *
 * @param stage what was measured
 * @param threads threads or cores at work
 * @param bytes bytes of evidence it went through
 * @param seconds median of the repetitions
 */
public record Measurement(String stage, int threads, long bytes, double seconds) {

  /** Bytes a second, in units of a thousand million. */
  public double gigabytesPerSecond() {
    return bytes / 1e9 / seconds;
  }

  /** Share of another stage's throughput, 1 when equal. */
  public double shareOf(Measurement limit) {
    return gigabytesPerSecond() / limit.gigabytesPerSecond();
  }
}
