package io.memlake.jobs.timeline;

import java.util.Locale;

/** Which of the four times of a file an event is most like, by the words of its meaning. */
final class Macb {
  private Macb() {}

  /** Four letters, a dot for what does not apply. */
  static String of(String meanings) {
    boolean modified = false;
    boolean accessed = false;
    boolean changed = false;
    boolean born = false;
    for (String meaning : meanings.toLowerCase(Locale.ROOT).split("; ", -1)) {
      if (meaning.contains("record changed")) {
        changed = true;
      } else if (meaning.contains("accessed")
          || meaning.contains("ran")
          || meaning.contains("run")) {
        accessed = true;
      } else if (meaning.contains("created")
          || meaning.contains("started")
          || meaning.contains("installed")
          || meaning.contains("registered")
          || meaning.contains("attached")) {
        born = true;
      } else {
        modified = true;
      }
    }
    return (modified ? "M" : ".")
        + (accessed ? "A" : ".")
        + (changed ? "C" : ".")
        + (born ? "B" : ".");
  }
}
