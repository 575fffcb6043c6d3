package io.memlake.engine.symbols;

import java.io.IOException;

/** A symbol file that cannot be what it should be; the message names the file and the reason. */
public final class CorruptSymbolsException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the file and what is wrong with it. */
  public CorruptSymbolsException(String file, String reason) {
    super("Cannot use symbols " + file + ": " + reason);
  }

  /** Names the file and what is wrong with it; keeps the cause for the log. */
  public CorruptSymbolsException(String file, String reason, Throwable cause) {
    super("Cannot use symbols " + file + ": " + reason, cause);
  }
}
