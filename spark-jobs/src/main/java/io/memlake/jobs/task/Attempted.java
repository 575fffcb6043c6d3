package io.memlake.jobs.task;

import io.memlake.jobs.lake.LakeWriteException;
import java.io.IOException;

/**
 * The outcome of work on evidence that may fail: a failing medium makes a failed unit, never a
 * failed job.
 *
 * @param result what came out; null when every attempt failed
 * @param attempts how often it was tried
 * @param error why it failed; empty when it did not
 */
record Attempted<T>(T result, int attempts, String error) {

  /** Work of one unit. */
  @FunctionalInterface
  interface Work<T> {
    /** Does all of it. */
    T run() throws IOException;
  }

  /**
   * Tries up to {@code limit} times.
   *
   * @throws LakeWriteException when the lake cannot be written, which no repetition cures
   */
  static <T> Attempted<T> of(int limit, Work<T> work) throws LakeWriteException {
    String error = "";
    for (int attempt = 1; attempt <= limit; attempt++) {
      try {
        return new Attempted<>(work.run(), attempt, "");
      } catch (LakeWriteException e) {
        throw e;
      } catch (IOException e) {
        error = String.valueOf(e.getMessage());
      } catch (RuntimeException e) {
        error = "internal error: " + e;
      }
    }
    return new Attempted<>(null, limit, error);
  }

  boolean isOk() {
    return error.isEmpty();
  }
}
