package io.memlake.jobs.hunt.yara.rules;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** The longest row of fixed bytes in a string of hex digits, outside of alternatives. */
final class HexLiterals {
  private HexLiterals() {}

  /** The literal; empty when no two digits stand together. */
  static Optional<Literal> of(String braced) {
    String text =
        braced
            .replaceAll("(?s)/\\*.*?\\*/", " ")
            .replaceAll("//[^\\n]*", " ")
            .replaceAll("\\s+", "")
            .replaceAll("[{}]", "");
    ByteArrayOutputStream run = new ByteArrayOutputStream();
    byte[] best = new byte[0];
    int depth = 0;
    int at = 0;
    while (at <= text.length()) {
      char c = at < text.length() ? text.charAt(at) : ' ';
      boolean pair =
          depth == 0
              && at + 1 < text.length()
              && Character.digit(c, 16) >= 0
              && Character.digit(text.charAt(at + 1), 16) >= 0;
      if (pair) {
        run.write(Integer.parseInt(text.substring(at, at + 2), 16));
        at += 2;
        continue;
      }
      best = run.size() > best.length ? run.toByteArray() : best;
      run.reset();
      if (c == '[') {
        int close = text.indexOf(']', at);
        at = close < 0 ? text.length() + 1 : close + 1;
      } else if (c == '~' || c == '?' || Character.digit(c, 16) >= 0) {
        // A byte that is not, or not wholly, known: a tilde and two digits, or a half of one.
        at += c == '~' ? 3 : 2;
      } else {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        at++;
      }
    }
    return best.length == 0 ? Optional.empty() : Optional.of(new Literal(best, false));
  }
}
