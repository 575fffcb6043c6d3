package io.memlake.jobs.bench;

import java.io.IOException;

/**
 * Something to measure.
 *
 * @param name of the stage
 * @param threads threads or cores at work
 * @param bytes bytes of evidence that one run goes through; 0 when it reads none
 * @param work one run
 */
record Stage(String name, int threads, long bytes, Work work) {

  /** Something that takes time. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }
}
