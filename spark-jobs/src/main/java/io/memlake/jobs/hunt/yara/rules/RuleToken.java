package io.memlake.jobs.hunt.yara.rules;

/**
 * A piece of a rule's text.
 *
 * @param kind what it is
 * @param text as it stands, with quotes, slashes and braces
 * @param start where it begins in the source
 */
record RuleToken(Kind kind, String text, int start) {
  /** Kinds of pieces. */
  enum Kind {
    /** A name, a keyword or a number. */
    WORD,
    /** {@code $a}, {@code #a}, {@code @a} or {@code !a}, with a star at its end perhaps. */
    VARIABLE,
    /** Text in quotes. */
    TEXT,
    /** An expression between slashes with its flags. */
    REGEX,
    /** Bytes in braces. */
    HEX,
    /** Any other character. */
    SIGN
  }

  boolean is(String word) {
    return text.equals(word) && kind != Kind.TEXT && kind != Kind.REGEX && kind != Kind.HEX;
  }

  int end() {
    return start + text.length();
  }
}
