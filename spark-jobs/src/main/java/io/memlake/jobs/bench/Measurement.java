package io.memlake.jobs.bench;

/**
 * How fast a stage was.
 *
 * @param stage what was measured
 * @param threads threads or cores at work
 * @param bytes bytes of evidence it went through; 0 when it reads none
 * @param seconds median of the rounds
 * @param cpuSeconds processor time of one run, summed over all threads of this process: mean of the
 *     rounds. What else the machine does hardly shows in it
 * @param share throughput as a share of plain reading by as many threads: median over the rounds,
 *     each of which ran both; 0 for a stage that reads nothing
 */
public record Measurement(
    String stage, int threads, long bytes, double seconds, double cpuSeconds, double share) {

  /** Bytes a second, in units of a thousand million. */
  public double gigabytesPerSecond() {
    return bytes / 1e9 / seconds;
  }
}
