package io.memlake.jobs.exit;

/** The machine lacks something that the command needs. */
public final class EnvironmentException extends CommandException {
  private static final long serialVersionUID = 1L;

  /** Says in one line what is wrong and what would be right. */
  public EnvironmentException(String message) {
    this(message, null);
  }

  /** Says in one line what is wrong; {@code cause} is kept for {@code --debug}. */
  public EnvironmentException(String message, Throwable cause) {
    super(ExitCode.ENVIRONMENT, message, cause);
  }
}
