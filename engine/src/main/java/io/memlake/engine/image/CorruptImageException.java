package io.memlake.engine.image;

import io.memlake.engine.bytes.Hex;
import java.io.IOException;

/** The evidence contradicts its own format. The message names file, offset and reason. */
public final class CorruptImageException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the file, where in it the contradiction lies, and what it is. */
  public CorruptImageException(String file, long offset, String reason) {
    super("Cannot read " + file + ": at " + Hex.address(offset) + " " + reason);
  }
}
