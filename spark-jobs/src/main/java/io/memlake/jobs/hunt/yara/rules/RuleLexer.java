package io.memlake.jobs.hunt.yara.rules;

import io.memlake.jobs.hunt.yara.rules.RuleToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts the text of rules into pieces; comments are left out. */
final class RuleLexer {
  private final String source;
  private final List<RuleToken> tokens = new ArrayList<>();
  private int at;

  private RuleLexer(String source) {
    this.source = source;
  }

  /** The pieces of {@code source}; what is not closed reaches to its end. */
  static List<RuleToken> tokens(String source) {
    RuleLexer lexer = new RuleLexer(source);
    while (lexer.at < source.length()) {
      lexer.next();
    }
    return lexer.tokens;
  }

  private void next() {
    char c = source.charAt(at);
    if (Character.isWhitespace(c)) {
      at++;
    } else if (source.startsWith("//", at)) {
      at = orEnd(source.indexOf('\n', at));
    } else if (source.startsWith("/*", at)) {
      at = Math.min(source.length(), orEnd(source.indexOf("*/", at + 2)) + 2);
    } else if (c == '"') {
      add(Kind.TEXT, closed('"'));
    } else if (c == '/') {
      add(Kind.REGEX, afterFlags(closed('/')));
    } else if (c == '{' && isBytes()) {
      add(Kind.HEX, bytesEnd());
    } else if ("$#@".indexOf(c) >= 0 || (c == '!' && !source.startsWith("!=", at))) {
      add(Kind.VARIABLE, variableEnd());
    } else if (isName(at)) {
      add(Kind.WORD, nameEnd(at));
    } else {
      add(Kind.SIGN, at + 1);
    }
  }

  private void add(Kind kind, int end) {
    tokens.add(new RuleToken(kind, source.substring(at, end), at));
    at = end;
  }

  private int orEnd(int found) {
    return found < 0 ? source.length() : found;
  }

  /**
   * Behind the closing character; one with a backslash before it, or in a class, does not close.
   */
  private int closed(char quote) {
    boolean inClass = false;
    for (int i = at + 1; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '\n') {
        return i;
      } else if (quote == '/' && c == '[') {
        inClass = true;
      } else if (c == ']') {
        inClass = false;
      } else if (c == quote && !inClass) {
        return i + 1;
      }
    }
    return source.length();
  }

  private int afterFlags(int end) {
    int i = end;
    while (i < source.length() && (source.charAt(i) == 'i' || source.charAt(i) == 's')) {
      i++;
    }
    return i;
  }

  /** A brace behind an equals sign begins bytes, any other one a rule. */
  private boolean isBytes() {
    return !tokens.isEmpty() && tokens.get(tokens.size() - 1).is("=");
  }

  private int bytesEnd() {
    int i = at;
    while (i < source.length() && source.charAt(i) != '}') {
      if (source.startsWith("//", i)) {
        i = orEnd(source.indexOf('\n', i));
      } else if (source.startsWith("/*", i)) {
        i = Math.min(source.length(), orEnd(source.indexOf("*/", i + 2)) + 2);
      } else {
        i++;
      }
    }
    return Math.min(source.length(), i + 1);
  }

  private int variableEnd() {
    int end = nameEnd(at + 1);
    return end < source.length() && source.charAt(end) == '*' && source.charAt(at) == '$'
        ? end + 1
        : end;
  }

  private int nameEnd(int from) {
    int i = from;
    while (isName(i)) {
      i++;
    }
    return i;
  }

  private boolean isName(int place) {
    return place < source.length()
        && (Character.isLetterOrDigit(source.charAt(place)) || source.charAt(place) == '_');
  }
}
