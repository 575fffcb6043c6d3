package io.memlake.jobs.exit;

/** Exit codes of every command; part of the interface, so the numbers never change. */
public enum ExitCode {
  /** Everything asked for was done. */
  OK(0),
  /** Nothing useful came out. */
  FAILURE(1),
  /** The command line, a manifest or a query is wrong. */
  USAGE(2),
  /** Some hosts or chunks failed; what was written is valid. */
  PARTIAL(3),
  /** Evidence does not match the hash that was recorded for it. */
  EVIDENCE_MISMATCH(4),
  /** The machine lacks something: a newer Java, disk space, a writable folder. */
  ENVIRONMENT(5),
  /** The lake holds results made with other parameters. */
  RESUME_REFUSED(6),
  /** Findings at or above the level that was named to fail on. */
  FINDINGS(10);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** What the process returns. */
  public int number() {
    return number;
  }
}
