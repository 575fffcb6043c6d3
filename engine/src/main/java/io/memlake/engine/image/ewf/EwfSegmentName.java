package io.memlake.engine.image.ewf;

import java.util.Optional;

/** Names of segment files: {@code .E01} to {@code .E99}, then {@code .EAA} to {@code .ZZZ}. */
final class EwfSegmentName {
  private static final int DIGITS = 99;
  private static final int LETTERS = 26;

  private EwfSegmentName() {}

  /** The name of segment {@code number} (from 1) of an image whose first segment is given. */
  static Optional<String> of(String first, int number) {
    int dot = first.lastIndexOf('.');
    if (number == 1) {
      return Optional.of(first);
    }
    if (dot < 0 || first.length() - dot != 4 || !first.endsWith("01")) {
      return Optional.empty();
    }
    char letter = first.charAt(dot + 1);
    String stem = first.substring(0, dot + 1);
    if (number <= DIGITS) {
      return Optional.of(stem + letter + (number < 10 ? "0" : "") + number);
    }
    int rest = number - DIGITS - 1;
    int moved = rest / (LETTERS * LETTERS);
    boolean lower = Character.isLowerCase(letter);
    char a = lower ? 'a' : 'A';
    if (letter + moved > (lower ? 'z' : 'Z')) {
      return Optional.empty();
    }
    return Optional.of(
        stem
            + (char) (letter + moved)
            + (char) (a + rest / LETTERS % LETTERS)
            + (char) (a + rest % LETTERS));
  }
}
