package io.memlake.jobs.exit;

/** Evidence is not the file that was recorded. */
public final class EvidenceMismatchException extends CommandException {
  private static final long serialVersionUID = 1L;

  /** Says in one line what is wrong and what would be right. */
  public EvidenceMismatchException(String message) {
    this(message, null);
  }

  /** Says in one line what is wrong; {@code cause} is kept for {@code --debug}. */
  public EvidenceMismatchException(String message, Throwable cause) {
    super(ExitCode.EVIDENCE_MISMATCH, message, cause);
  }
}
