package io.memlake.engine.image;

import java.io.IOException;

/** The evidence is whole, but of a kind that cannot be read. States what was found and accepted. */
public final class UnsupportedImageException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the file, what it is, and what would be accepted instead. */
  public UnsupportedImageException(String file, String found, String accepted) {
    super("Cannot use " + file + ": it is " + found + "; accepted: " + accepted);
  }
}
