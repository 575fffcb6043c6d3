package io.memlake.jobs.exit;

/** The command line, a manifest or a query is wrong. */
public final class OperatorException extends CommandException {
  private static final long serialVersionUID = 1L;

  /** Says in one line what is wrong and what would be right. */
  public OperatorException(String message) {
    this(message, null);
  }

  /** Says in one line what is wrong; {@code cause} is kept for {@code --debug}. */
  public OperatorException(String message, Throwable cause) {
    super(ExitCode.USAGE, message, cause);
  }
}
