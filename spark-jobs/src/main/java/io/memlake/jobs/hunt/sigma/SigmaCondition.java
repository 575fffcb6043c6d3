package io.memlake.jobs.hunt.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles a condition: {@code and or not ( )}, names of searches, and {@code 1 of}, {@code all of}
 * with {@code them} or a name with wildcards.
 */
final class SigmaCondition {
  private static final Pattern TOKEN = Pattern.compile("\\s*([()|]|[^\\s()|]+)");
  private static final int MAX_DEPTH = 50;

  private final List<String> tokens = new ArrayList<>();
  private final List<String> searches;
  private final Function<String, SigmaExpression> compile;
  private int at;

  private SigmaCondition(
      String text, List<String> searches, Function<String, SigmaExpression> compile) {
    this.searches = searches;
    this.compile = compile;
    Matcher matcher = TOKEN.matcher(text.strip());
    while (matcher.find()) {
      tokens.add(matcher.group(1));
    }
  }

  /**
   * The condition as one expression.
   *
   * @param searches names of the searches of the rule
   * @param compile compiles a search
   * @throws IllegalArgumentException when it is wrong or uses what is not supported
   */
  static SigmaExpression compile(
      String text, List<String> searches, Function<String, SigmaExpression> compile) {
    SigmaCondition condition = new SigmaCondition(text, searches, compile);
    SigmaExpression expression = condition.either(0);
    if (condition.at < condition.tokens.size()) {
      String rest = condition.tokens.get(condition.at);
      throw new IllegalArgumentException(
          rest.equals("|") ? "aggregation in the condition" : "unexpected " + rest);
    }
    return expression;
  }

  private SigmaExpression either(int depth) {
    List<SigmaExpression> parts = new ArrayList<>(List.of(both(depth)));
    while (take("or")) {
      parts.add(both(depth));
    }
    return SigmaExpression.any(parts);
  }

  private SigmaExpression both(int depth) {
    List<SigmaExpression> parts = new ArrayList<>(List.of(unary(depth)));
    while (take("and")) {
      parts.add(unary(depth));
    }
    return SigmaExpression.all(parts);
  }

  private SigmaExpression unary(int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("more than " + MAX_DEPTH + " levels deep");
    }
    if (take("not")) {
      return unary(depth + 1).not();
    }
    if (take("(")) {
      SigmaExpression inner = either(depth + 1);
      if (!take(")")) {
        throw new IllegalArgumentException("a bracket is not closed");
      }
      return inner;
    }
    if (at >= tokens.size()) {
      throw new IllegalArgumentException("the condition ends too early");
    }
    String word = tokens.get(at++);
    String lower = word.toLowerCase(Locale.ROOT);
    if ((lower.equals("1") || lower.equals("any") || lower.equals("all")) && take("of")) {
      return of(lower.equals("all"));
    }
    if (!searches.contains(word)) {
      throw new IllegalArgumentException("no search is called " + word);
    }
    return compile.apply(word);
  }

  private SigmaExpression of(boolean every) {
    if (at >= tokens.size()) {
      throw new IllegalArgumentException("the condition ends behind of");
    }
    String name = tokens.get(at++);
    List<SigmaExpression> parts =
        searches.stream()
            .filter(s -> name.equals("them") ? !s.startsWith("_") : isLike(s, name))
            .map(compile)
            .toList();
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("no search is called " + name);
    }
    return every ? SigmaExpression.all(parts) : SigmaExpression.any(parts);
  }

  /** Whether a name is as a pattern with stars says. Each star is tried from left to right once. */
  static boolean isLike(String name, String pattern) {
    String[] parts = pattern.split("\\*", -1);
    String first = parts[0];
    String last = parts[parts.length - 1];
    if (parts.length == 1) {
      return name.equals(pattern);
    }
    if (name.length() < first.length() + last.length()
        || !name.startsWith(first)
        || !name.endsWith(last)) {
      return false;
    }
    int from = first.length();
    int end = name.length() - last.length();
    for (int i = 1; i < parts.length - 1; i++) {
      int found = name.indexOf(parts[i], from);
      if (found < 0 || found + parts[i].length() > end) {
        return false;
      }
      from = found + parts[i].length();
    }
    return true;
  }

  private boolean take(String word) {
    if (at < tokens.size() && tokens.get(at).equalsIgnoreCase(word)) {
      at++;
      return true;
    }
    return false;
  }
}
