package io.memlake.jobs.cli;

import io.memlake.jobs.progress.Progress;
import io.memlake.jobs.progress.ProgressMode;
import picocli.CommandLine.Option;

/** How a command tells what it is doing. */
final class ProgressOption {
  @Option(
      names = "--progress",
      paramLabel = "MODE",
      defaultValue = "auto",
      description = "auto (default), bar, plain, json or none; on the error stream.")
  private ProgressMode mode;

  ProgressOption() {}

  /** Whether people read what a command tells while it works. */
  boolean isForPeople() {
    return mode != ProgressMode.JSON && mode != ProgressMode.NONE;
  }

  Progress open(Console console) {
    return Progress.open(mode, console.err());
  }
}
