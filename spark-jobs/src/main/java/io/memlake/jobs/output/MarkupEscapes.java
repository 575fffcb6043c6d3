package io.memlake.jobs.output;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;

/**
 * Keeps markup from names in memory harmless where JSON is put into a page: no value can end the
 * script element that holds it. Neither do names move the cursor of a terminal that shows it.
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

  /** Beyond ASCII: what terminals obey, or what turns the text behind it round. */
  @Override
  public SerializableString getEscapeSequence(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          new SerializedString(String.format("\\u%04X", character));
      default -> null;
    };
  }
}
