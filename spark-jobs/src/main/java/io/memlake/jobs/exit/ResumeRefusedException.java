package io.memlake.jobs.exit;

/** The lake holds results of the same host made with other parameters. */
public final class ResumeRefusedException extends CommandException {
  private static final long serialVersionUID = 1L;

  /** Says in one line what is wrong and what would be right. */
  public ResumeRefusedException(String message) {
    this(message, null);
  }

  /** Says in one line what is wrong; {@code cause} is kept for {@code --debug}. */
  public ResumeRefusedException(String message, Throwable cause) {
    super(ExitCode.RESUME_REFUSED, message, cause);
  }
}
