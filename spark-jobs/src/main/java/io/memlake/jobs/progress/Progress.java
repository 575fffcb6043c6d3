package io.memlake.jobs.progress;

import java.io.Closeable;
import java.io.PrintStream;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects how far each host is and shows it in one of several ways. Safe for many threads. */
public final class Progress implements Closeable {
  private final ProgressView view;
  private final Clock clock;
  private final Map<String, StageState> active = new LinkedHashMap<>();

  Progress(ProgressView view, Clock clock) {
    this.view = view;
    this.clock = clock;
  }

  /** Progress in the way that {@code mode} asks for, on {@code err}. */
  public static Progress open(ProgressMode mode, PrintStream err) {
    Clock clock = Clock.systemUTC();
    return new Progress(mode.view(err, clock), clock);
  }

  /** Shows nothing. */
  public static Progress none() {
    return new Progress(new SilentView(), Clock.systemUTC());
  }

  /**
   * A host enters a stage, which ends the one before.
   *
   * @param total how much there is to do, or 0 when that is not known
   * @param unit what is counted, for instance {@code bytes}
   */
  public synchronized void begin(String host, String stage, long total, String unit) {
    active.put(host, new StageState(host, stage, 0, total, unit, clock.millis()));
    view.show(active, host);
  }

  /** A host did more of its stage. */
  public synchronized void advance(String host, long amount) {
    StageState before = active.get(host);
    if (before != null) {
      active.put(host, before.plus(amount));
      view.show(active, host);
    }
  }

  /** A host is done, well or not. */
  public synchronized void end(String host, String status, String message) {
    active.remove(host);
    view.ended(active, host, status, message);
  }

  @Override
  public synchronized void close() {
    view.close();
  }
}
