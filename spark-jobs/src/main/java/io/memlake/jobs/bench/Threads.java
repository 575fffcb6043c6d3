package io.memlake.jobs.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs pieces of work on plain threads, as a program without Spark would. */
final class Threads {
  private Threads() {}

  /** Runs pieces of work on {@code threads} threads and waits for all of them. */
  static void run(int threads, List<Stage.Work> pieces) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> calls = new ArrayList<>();
      for (Stage.Work piece : pieces) {
        calls.add(
            () -> {
              piece.run();
              return null;
            });
      }
      for (Future<Void> result : pool.invokeAll(calls)) {
        result.get();
      }
    } catch (ExecutionException e) {
      throw new IOException(String.valueOf(e.getCause().getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
