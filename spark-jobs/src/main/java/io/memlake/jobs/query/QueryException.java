package io.memlake.jobs.query;

import java.io.IOException;

/** A query that its engine refused or did not finish. The message is one line, fit for people. */
public final class QueryException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The engine failed with {@code cause}. */
  public QueryException(String message, Throwable cause) {
    super(message, cause);
  }
}
