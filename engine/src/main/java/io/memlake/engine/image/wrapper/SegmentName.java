package io.memlake.engine.image.wrapper;

import java.util.Optional;

/**
 * A file name that ends in a counter.
 *
 * @param stem all before the counter, with its dot
 * @param number what it counts
 * @param width characters of the counter
 * @param letters whether it counts in letters, {@code aa} being 0
 */
record SegmentName(String stem, int number, int width, boolean letters) {

  /**
   * The name, if it ends in two to four digits of a low number, or in two letters from {@code a}.
   */
  static Optional<SegmentName> parse(String file) {
    int dot = file.lastIndexOf('.');
    String counter = file.substring(dot + 1);
    if (dot < 0 || counter.length() < 2 || counter.length() > 4) {
      return Optional.empty();
    }
    String stem = file.substring(0, dot + 1);
    if (counter.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.of(new SegmentName(stem, Integer.parseInt(counter), counter.length(), false));
    }
    if (counter.length() == 2 && counter.chars().allMatch(c -> c >= 'a' && c <= 'z')) {
      int number = (counter.charAt(0) - 'a') * 26 + (counter.charAt(1) - 'a');
      return Optional.of(new SegmentName(stem, number, 2, true));
    }
    return Optional.empty();
  }

  /** The full name. */
  String file() {
    if (letters) {
      return stem + (char) ('a' + number / 26 % 26) + (char) ('a' + number % 26);
    }
    String digits = Integer.toString(number);
    return stem + "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  SegmentName next() {
    return new SegmentName(stem, number + 1, width, letters);
  }

  Optional<SegmentName> previous() {
    return number == 0
        ? Optional.empty()
        : Optional.of(new SegmentName(stem, number - 1, width, letters));
  }
}
