package io.memlake.jobs.cli;

import io.memlake.jobs.exit.ExitCode;
import io.memlake.jobs.exit.OperatorException;
import io.memlake.jobs.hunt.rule.Severity;
import picocli.CommandLine.Option;

/** Lets findings decide the exit code. */
final class FailOnOption {
  @Option(
      names = "--fail-on",
      paramLabel = "LEVEL",
      description = "Exit with 10 when there is a finding of this severity or worse.")
  private String level;

  FailOnOption() {}

  /** Checks the option before any work is done. */
  void check() {
    if (level != null) {
      severity(level);
    }
  }

  /** The exit code for a worst severity; 0 is none. */
  ExitCode exitCode(int worst, ExitCode otherwise) {
    return level != null && worst >= severity(level).number() ? ExitCode.FINDINGS : otherwise;
  }

  static Severity severity(String word) {
    return Severity.of(word)
        .orElseThrow(
            () ->
                new OperatorException(
                    "No severity "
                        + word
                        + "; there are: informational low medium high critical fatal"));
  }
}
