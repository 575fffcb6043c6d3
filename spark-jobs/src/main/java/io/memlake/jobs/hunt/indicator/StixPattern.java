package io.memlake.jobs.hunt.indicator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A STIX pattern as alternatives of comparisons that belong together. What a snapshot of memory
 * cannot tell (order and repetition in time) is left out and remarked. Grammar: STIX 2.1, part 9.
 *
 * @param alternatives each a list of comparisons that must all hold
 * @param remarks what was left out
 */
record StixPattern(List<List<Comparison>> alternatives, List<String> remarks) {
  /** Alternatives that one pattern may unfold to. */
  private static final int MAX_ALTERNATIVES = 10_000;

  private static final int MAX_DEPTH = 50;

  /**
   * One comparison.
   *
   * @param path object type and property, a colon between them
   * @param operator in upper case, IN unfolded to =
   * @param value the constant as text
   * @param negated whether NOT stands before the operator, or it is an inequality
   */
  record Comparison(String path, String operator, String value, boolean negated) {}

  static StixPattern parse(String text) {
    return new Parser(text).pattern();
  }

  /** Recursive descent over the tokens. */
  private static final class Parser {
    private static final Pattern TOKEN =
        Pattern.compile(
            "\\s*(?:(?<string>[a-z]?'(?:[^'\\\\]|\\\\.)*')|(?<word>[A-Za-z_][\\w-]*(?::(?:[\\w.-]|\\[[^\\]]*\\]|'(?:[^'\\\\]|\\\\.)*')+)?)"
                + "|(?<number>[-+]?\\d+(?:\\.\\d+)?)|(?<op><=|>=|!=|<>|=|<|>|\\[|\\]|\\(|\\)|,))");

    private final List<String> tokens = new ArrayList<>();
    private final TreeSet<String> remarks = new TreeSet<>();
    private int at;

    Parser(String text) {
      Matcher matcher = TOKEN.matcher(text);
      int end = 0;
      while (end < text.length() && !text.substring(end).isBlank()) {
        if (!matcher.find(end) || matcher.start() != end) {
          throw new IllegalArgumentException("not a STIX pattern at character " + end);
        }
        tokens.add(matcher.group().strip());
        end = matcher.end();
      }
      if (tokens.isEmpty()) {
        throw new IllegalArgumentException("the pattern is empty");
      }
    }

    StixPattern pattern() {
      List<List<Comparison>> alternatives = observations(0);
      if (at < tokens.size()) {
        throw new IllegalArgumentException("unexpected " + tokens.get(at));
      }
      return new StixPattern(alternatives, List.copyOf(remarks));
    }

    private List<List<Comparison>> observations(int depth) {
      List<List<Comparison>> left = observation(depth);
      while (at < tokens.size() && (is("AND") || is("OR") || is("FOLLOWEDBY"))) {
        String word = tokens.get(at++).toUpperCase(Locale.ROOT);
        List<List<Comparison>> right = observation(depth);
        if (word.equals("FOLLOWEDBY")) {
          remarks.add("FOLLOWEDBY is taken as AND: memory shows one moment");
        }
        left = word.equals("OR") ? either(left, right) : both(left, right);
      }
      return left;
    }

    private List<List<Comparison>> observation(int depth) {
      if (depth > MAX_DEPTH) {
        throw new IllegalArgumentException("more than " + MAX_DEPTH + " brackets deep");
      }
      List<List<Comparison>> inner;
      if (is("(")) {
        at++;
        inner = observations(depth + 1);
        expect(")");
      } else {
        expect("[");
        inner = disjunction(depth);
        expect("]");
      }
      while (at < tokens.size() && (is("WITHIN") || is("REPEATS") || is("START"))) {
        remarks.add(
            tokens.get(at).toUpperCase(Locale.ROOT) + " is left out: memory shows one moment");
        at++;
        while (at < tokens.size()
            && !is("AND")
            && !is("OR")
            && !is("FOLLOWEDBY")
            && !is(")")
            && !is("WITHIN")
            && !is("REPEATS")) {
          at++;
        }
      }
      return inner;
    }

    private List<List<Comparison>> disjunction(int depth) {
      List<List<Comparison>> left = conjunction(depth);
      while (is("OR")) {
        at++;
        left = either(left, conjunction(depth));
      }
      return left;
    }

    private List<List<Comparison>> conjunction(int depth) {
      List<List<Comparison>> left = comparison(depth);
      while (is("AND")) {
        at++;
        left = both(left, comparison(depth));
      }
      return left;
    }

    private List<List<Comparison>> comparison(int depth) {
      if (depth > MAX_DEPTH) {
        throw new IllegalArgumentException("more than " + MAX_DEPTH + " brackets deep");
      }
      if (is("(")) {
        at++;
        List<List<Comparison>> inner = disjunction(depth + 1);
        expect(")");
        return inner;
      }
      String path = next("a property");
      if (path.indexOf(':') < 0) {
        throw new IllegalArgumentException("expected a property instead of " + path);
      }
      boolean negated = false;
      if (is("NOT")) {
        at++;
        negated = true;
      }
      String operator = next("an operator").toUpperCase(Locale.ROOT);
      if (operator.equals("IN")) {
        expect("(");
        List<List<Comparison>> values = new ArrayList<>();
        do {
          values.add(List.of(new Comparison(path, "=", constant(), negated)));
        } while (take(","));
        expect(")");
        return values;
      }
      if (operator.equals("!=") || operator.equals("<>")) {
        operator = "=";
        negated = true;
      }
      return List.of(List.of(new Comparison(path, operator, constant(), negated)));
    }

    private String constant() {
      String token = next("a value");
      int quote = token.indexOf('\'');
      if (quote < 0) {
        return token;
      }
      return token.substring(quote + 1, token.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    private boolean is(String token) {
      return at < tokens.size() && tokens.get(at).equalsIgnoreCase(token);
    }

    private boolean take(String token) {
      if (is(token)) {
        at++;
        return true;
      }
      return false;
    }

    private String next(String what) {
      if (at >= tokens.size()) {
        throw new IllegalArgumentException("the pattern ends where " + what + " should stand");
      }
      return tokens.get(at++);
    }

    private void expect(String token) {
      String found = next(token);
      if (!found.equals(token)) {
        throw new IllegalArgumentException("expected " + token + " instead of " + found);
      }
    }

    private static List<List<Comparison>> either(
        List<List<Comparison>> left, List<List<Comparison>> right) {
      List<List<Comparison>> all = new ArrayList<>(left);
      all.addAll(right);
      return bounded(all);
    }

    private static List<List<Comparison>> both(
        List<List<Comparison>> left, List<List<Comparison>> right) {
      if ((long) left.size() * right.size() > MAX_ALTERNATIVES) {
        throw new IllegalArgumentException("more than " + MAX_ALTERNATIVES + " alternatives");
      }
      List<List<Comparison>> all = new ArrayList<>();
      for (List<Comparison> one : left) {
        for (List<Comparison> other : right) {
          List<Comparison> joined = new ArrayList<>(one);
          joined.addAll(other);
          all.add(joined);
        }
      }
      return all;
    }

    private static List<List<Comparison>> bounded(List<List<Comparison>> all) {
      if (all.size() > MAX_ALTERNATIVES) {
        throw new IllegalArgumentException("more than " + MAX_ALTERNATIVES + " alternatives");
      }
      return all;
    }
  }
}
