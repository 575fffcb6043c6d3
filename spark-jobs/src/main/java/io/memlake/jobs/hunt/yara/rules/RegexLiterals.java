package io.memlake.jobs.hunt.yara.rules;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Literals without which a regular expression cannot match: the longest row of plain characters of
 * each alternative. Groups, classes and whatever may be absent only end a row.
 */
final class RegexLiterals {
  private static final String CLASSES = "wWdDsSbB";

  private final String pattern;
  private final List<byte[]> branches = new ArrayList<>();
  private final ByteArrayOutputStream run = new ByteArrayOutputStream();
  private byte[] best = new byte[0];
  private int at;

  private RegexLiterals(String pattern) {
    this.pattern = pattern;
  }

  /**
   * The literals of an expression; empty when an alternative has none.
   *
   * @param slashed the expression between slashes, with flags
   */
  static Optional<List<Literal>> of(String slashed, boolean nocase) {
    int close = slashed.lastIndexOf('/');
    if (close < 1) {
      return Optional.empty();
    }
    boolean ignoreCase = nocase || slashed.indexOf('i', close) > 0;
    RegexLiterals reader = new RegexLiterals(slashed.substring(1, close));
    reader.read();
    List<Literal> literals = new ArrayList<>();
    for (byte[] branch : reader.branches) {
      if (branch.length == 0) {
        return Optional.empty();
      }
      literals.add(new Literal(branch, ignoreCase));
    }
    return Optional.of(literals);
  }

  private void read() {
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (c == '|') {
        endRun();
        branches.add(best);
        best = new byte[0];
        at++;
      } else if (c == '(') {
        at = groupEnd();
        quantifier();
        endRun();
      } else if (c == '[') {
        at = classEnd();
        quantifier();
        endRun();
      } else if (c == '.' || c == '^' || c == '$' || c > 0x7E) {
        at++;
        quantifier();
        endRun();
      } else {
        character(c);
      }
    }
    endRun();
    branches.add(best);
  }

  private void character(char c) {
    int value = c;
    at++;
    if (c == '\\' && at < pattern.length()) {
      char escaped = pattern.charAt(at++);
      value = escape(escaped);
    }
    int least = quantifier();
    if (value < 0 || least == 0) {
      endRun();
    } else {
      run.write(value);
      if (least > 0) {
        endRun();
      }
    }
  }

  /** The character that an escape stands for, -1 for one of several. */
  private int escape(char escaped) {
    if (CLASSES.indexOf(escaped) >= 0) {
      return -1;
    }
    if (escaped == 'x' && at + 2 <= pattern.length()) {
      at += 2;
      try {
        return Integer.parseInt(pattern.substring(at - 2, at), 16);
      } catch (NumberFormatException e) {
        return -1;
      }
    }
    return switch (escaped) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'f' -> '\f';
      case 'a' -> 7;
      default -> Character.isLetterOrDigit(escaped) ? -1 : escaped;
    };
  }

  /** Passes over a quantifier: how often at least, -1 when there is none. */
  private int quantifier() {
    if (at >= pattern.length()) {
      return -1;
    }
    char c = pattern.charAt(at);
    int least = -1;
    if (c == '*' || c == '?' || c == '+') {
      least = c == '+' ? 1 : 0;
      at++;
    } else if (c == '{') {
      int close = pattern.indexOf('}', at);
      String bounds = close < 0 ? "" : pattern.substring(at + 1, close);
      if (!bounds.matches("[0-9]{0,6}(,[0-9]{0,6})?")) {
        return -1;
      }
      String first = bounds.contains(",") ? bounds.substring(0, bounds.indexOf(',')) : bounds;
      least = first.isEmpty() ? 0 : Integer.parseInt(first);
      at = close + 1;
    }
    if (least >= 0 && at < pattern.length() && pattern.charAt(at) == '?') {
      at++;
    }
    return least;
  }

  private int groupEnd() {
    int depth = 0;
    for (int i = at; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '[') {
        int before = at;
        at = i;
        i = classEnd() - 1;
        at = before;
      } else {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth == 0) {
          return i + 1;
        }
      }
    }
    return pattern.length();
  }

  private int classEnd() {
    int first = at + (pattern.startsWith("[^", at) ? 2 : 1);
    for (int i = first; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '\\') {
        i++;
      } else if (pattern.charAt(i) == ']' && i > first) {
        return i + 1;
      }
    }
    return pattern.length();
  }

  private void endRun() {
    if (run.size() > best.length) {
      best = run.toString(StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
    }
    run.reset();
  }
}
