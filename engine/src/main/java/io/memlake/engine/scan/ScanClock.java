package io.memlake.engine.scan;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Processor time of the thread that scans. A busy machine takes the processor away for milliseconds
 * at any moment; a clock on the wall would charge them to the scanner that happens to be measured,
 * many times over since samples are scaled. A look costs half a microsecond: take few.
 */
final class ScanClock {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final boolean SUPPORTED = THREADS.isCurrentThreadCpuTimeSupported();

  private ScanClock() {}

  /** Processor time of this thread so far, in nanoseconds; the time where that is not known. */
  static long now() {
    return SUPPORTED ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
  }
}
