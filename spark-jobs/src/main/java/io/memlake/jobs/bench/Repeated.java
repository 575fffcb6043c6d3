package io.memlake.jobs.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs work several times and takes the median of the times. */
final class Repeated {
  /** One run to warm up the compiler and the page cache, and so many that count. */
  private static final int RUNS = 5;

  private Repeated() {}

  /** Seconds of one run. */
  static double seconds(Work work) throws IOException {
    work.run();
    double[] times = new double[RUNS];
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      work.run();
      times[i] = (System.nanoTime() - start) / 1e9;
    }
    Arrays.sort(times);
    return times[RUNS / 2];
  }

  /** Runs pieces of work on {@code threads} threads and waits for all of them. */
  static void inParallel(int threads, List<Work> pieces) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> calls = new ArrayList<>();
      for (Work piece : pieces) {
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

  /** Something that takes time. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }
}
