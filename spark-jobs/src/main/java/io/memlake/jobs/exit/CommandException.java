package io.memlake.jobs.exit;

/** Ends a command with a code and one line for the user, who never sees its stack trace. */
public abstract sealed class CommandException extends RuntimeException
    permits OperatorException,
        FailedException,
        EnvironmentException,
        EvidenceMismatchException,
        ResumeRefusedException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  CommandException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** What the process returns. */
  public ExitCode exitCode() {
    return exitCode;
  }
}
