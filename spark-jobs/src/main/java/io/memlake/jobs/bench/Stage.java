package io.memlake.jobs.bench;

import java.io.IOException;

/**
 * Something to measure.
 *
 * @param name of the stage
 * @param threads threads or cores at work
 * @param bytes bytes of evidence that one run goes through; 0 when it reads none
 * @param work one run
 * @param cleanUp what makes the next run possible; not measured
 */
record Stage(String name, int threads, long bytes, Work work, Work cleanUp) {

  /** A stage that leaves nothing behind. */
  Stage(String name, int threads, long bytes, Work work) {
    this(name, threads, bytes, work, () -> {});
  }

  /** Something that takes time. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }
}
