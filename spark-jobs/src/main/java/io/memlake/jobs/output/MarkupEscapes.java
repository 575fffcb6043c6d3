package io.memlake.jobs.output;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;

/**
 * Keeps markup from names in memory harmless where JSON is put into a page: no value can end the
 * script element that holds it.
 */
public final class MarkupEscapes extends CharacterEscapes {
  private static final long serialVersionUID = 1L;

  private final int[] ascii;

  /** Escapes what starts or ends markup, on top of what JSON itself needs. */
  public MarkupEscapes() {
    ascii = CharacterEscapes.standardAsciiEscapesForJSON();
    for (char c : new char[] {'<', '>', '&', 0x7F}) {
      ascii[c] = CharacterEscapes.ESCAPE_STANDARD;
    }
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ascii.clone();
  }

  @Override
  public SerializableString getEscapeSequence(int character) {
    return null;
  }
}
