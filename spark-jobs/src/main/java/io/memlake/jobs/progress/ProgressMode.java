package io.memlake.jobs.progress;

import java.io.PrintStream;
import java.time.Clock;
import java.util.Locale;

/** Ways to show progress, as {@code --progress} spells them. */
public enum ProgressMode {
  /** A bar on a terminal, lines elsewhere. */
  AUTO,
  /** One line a host, redrawn in place. */
  BAR,
  /** A line now and then, fit for a log. */
  PLAIN,
  /** JSON lines. */
  JSON,
  /** Nothing. */
  NONE;

  /** Set by the launcher, which can ask whether the error stream is a terminal; Java cannot. */
  private static final String TERMINAL = "memlake.terminal";

  ProgressView view(PrintStream err, Clock clock) {
    return switch (this) {
      case AUTO ->
          Boolean.getBoolean(TERMINAL) ? new BarView(err, clock) : new PlainView(err, clock);
      case BAR -> new BarView(err, clock);
      case PLAIN -> new PlainView(err, clock);
      case JSON -> new JsonView(err, clock);
      case NONE -> new SilentView();
    };
  }

  /** As the command line spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
