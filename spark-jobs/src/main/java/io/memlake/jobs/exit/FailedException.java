package io.memlake.jobs.exit;

/** The command could not do what it was asked to do. */
public final class FailedException extends CommandException {
  private static final long serialVersionUID = 1L;

  /** Says in one line what is wrong and what would be right. */
  public FailedException(String message) {
    this(message, null);
  }

  /** Says in one line what is wrong; {@code cause} is kept for {@code --debug}. */
  public FailedException(String message, Throwable cause) {
    super(ExitCode.FAILURE, message, cause);
  }
}
