package io.memlake.jobs.hunt.yara.rules;

import io.memlake.jobs.hunt.yara.rules.RuleToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads from a condition what a rule needs. An operand that is not understood needs nothing, which
 * is always right.
 */
final class NeedReader {
  private static final Set<String> CONNECTIVES = Set.of("and", "or", ")", ",");

  /** Stands for the string that a loop over strings is at. */
  private static final Need LOOP = new Need.Has(-1);

  private static final int MAX_DEPTH = 200;

  private final List<RuleToken> tokens;
  private final Map<String, Need> strings;
  private final Map<String, Need> rules;
  private int at;
  private int depth;

  private NeedReader(List<RuleToken> tokens, Map<String, Need> strings, Map<String, Need> rules) {
    this.tokens = tokens;
    this.strings = strings;
    this.rules = rules;
  }

  /**
   * What a condition needs.
   *
   * @param strings what each string of the rule needs
   * @param rules needs of the rules before it in its file
   */
  static Need of(List<RuleToken> condition, Map<String, Need> strings, Map<String, Need> rules) {
    NeedReader reader = new NeedReader(condition, strings, rules);
    Need need = reader.any();
    return reader.at < condition.size() || contains(need) ? Need.nothing() : need;
  }

  private static boolean contains(Need need) {
    List<Integer> numbers = new ArrayList<>();
    need.addTo(numbers);
    return numbers.contains(-1);
  }

  private Need any() {
    List<Need> alternatives = new ArrayList<>(List.of(all()));
    while (take("or")) {
      alternatives.add(all());
    }
    return alternatives.size() == 1 ? alternatives.get(0) : Need.atLeast(1, alternatives);
  }

  private Need all() {
    List<Need> parts = new ArrayList<>(List.of(operand()));
    while (take("and")) {
      parts.add(operand());
    }
    return parts.size() == 1 ? parts.get(0) : Need.all(parts);
  }

  private Need operand() {
    if (++depth > MAX_DEPTH) {
      at = tokens.size() + 1;
      return Need.nothing();
    }
    Need need = begun();
    depth--;
    return atConnective() ? need : skipOperand();
  }

  private Need begun() {
    RuleToken token = peek();
    if (token == null) {
      return Need.nothing();
    }
    if (take("(")) {
      Need inner = any();
      return take(")") ? inner : skipOperand();
    }
    if (take("for")) {
      return loop();
    }
    if (token.kind() == Kind.VARIABLE) {
      at++;
      return variable(token.text());
    }
    Optional<Integer> quantity = quantity();
    if (quantity.isPresent()) {
      return take("of")
          ? set(quantity.get()).map(this::placed).orElse(Need.nothing())
          : Need.nothing();
    }
    if (token.kind() == Kind.WORD && rules.containsKey(token.text())) {
      at++;
      return rules.get(token.text());
    }
    return skipOperand();
  }

  /** How many of a set: -1 for all; leaves the place when it is no quantity. */
  private Optional<Integer> quantity() {
    RuleToken token = peek();
    if (token == null || token.kind() != Kind.WORD) {
      return Optional.empty();
    }
    int begin = at++;
    boolean percent = take("%");
    if (token.is("all") || token.is("any")) {
      return Optional.of(token.is("all") ? -1 : 1);
    }
    if (token.text().matches("[0-9]{1,6}") && peek() != null && peek().kind() == Kind.WORD) {
      int number = Integer.parseInt(token.text());
      return Optional.of(percent ? Math.min(1, number) : number);
    }
    at = begin;
    return Optional.empty();
  }

  private Optional<Need> set(int quantity) {
    List<Need> members = new ArrayList<>();
    if (take("them")) {
      members.addAll(strings.values());
    } else if (take("(")) {
      while (peek() != null && peek().kind() == Kind.VARIABLE) {
        addMatching(peek().text(), members);
        at++;
        take(",");
      }
      if (!take(")")) {
        return Optional.empty();
      }
    } else {
      return Optional.empty();
    }
    int count = quantity < 0 ? members.size() : quantity;
    return Optional.of(count > members.size() ? Need.nothing() : Need.atLeast(count, members));
  }

  private void addMatching(String name, List<Need> members) {
    if (!name.endsWith("*")) {
      members.add(strings.getOrDefault(name, Need.nothing()));
      return;
    }
    String start = name.substring(0, name.length() - 1);
    strings.forEach(
        (string, need) -> {
          if (string.startsWith(start)) {
            members.add(need);
          }
        });
  }

  private Need variable(String name) {
    Need string =
        name.length() == 1 ? LOOP : strings.getOrDefault('$' + name.substring(1), Need.nothing());
    if (name.startsWith("$")) {
      return placed(string);
    }
    if (!name.startsWith("#")) {
      return skipOperand();
    }
    // A count needs the string when it must be more than nothing.
    boolean more = take(">");
    boolean orEqual = take("=");
    boolean equal = orEqual && take("=");
    RuleToken number = peek();
    if ((more || equal) && number != null && number.text().matches("[0-9]{1,9}")) {
      at++;
      long least = Long.parseLong(number.text()) + (more && !orEqual ? 1 : 0);
      return least > 0 ? string : Need.nothing();
    }
    return skipOperand();
  }

  /** Passes over "at" and "in" with their places: they only make the condition stronger. */
  private Need placed(Need need) {
    if (take("at") || take("in")) {
      skipOperand();
    }
    return need;
  }

  private Need loop() {
    Optional<Integer> quantity = quantity();
    if (quantity.isEmpty()) {
      return skipOperand();
    }
    if (take("of")) {
      Optional<Need> whole = set(quantity.get());
      if (whole.isEmpty() || !take(":") || !take("(")) {
        return skipOperand();
      }
      Need body = any();
      if (!take(")")) {
        return skipOperand();
      }
      return needsLoop(body) ? whole.get() : Need.nothing();
    }
    // Over numbers: "all" holds of none as well, anything else for one at least.
    while (peek() != null && !take(":")) {
      if (take("(")) {
        skipOperand();
        while (take(",")) {
          skipOperand();
        }
        take(")");
      } else {
        at++;
      }
    }
    if (!take("(")) {
      return skipOperand();
    }
    Need body = any();
    if (!take(")")) {
      return skipOperand();
    }
    return quantity.get() > 0 && !contains(body) ? body : Need.nothing();
  }

  private static boolean needsLoop(Need body) {
    return body == LOOP
        || (body instanceof Need.AtLeast some
            && some.count() == some.needs().size()
            && some.needs().contains(LOOP));
  }

  /** Goes to where the operand ends: a connective or a bracket that it did not open. */
  private Need skipOperand() {
    int open = 0;
    while (at < tokens.size() && (open > 0 || !atConnective())) {
      RuleToken token = tokens.get(at++);
      open += token.is("(") ? 1 : token.is(")") ? -1 : 0;
    }
    return Need.nothing();
  }

  private boolean atConnective() {
    return at >= tokens.size() || CONNECTIVES.stream().anyMatch(word -> tokens.get(at).is(word));
  }

  private RuleToken peek() {
    return at < tokens.size() ? tokens.get(at) : null;
  }

  private boolean take(String word) {
    if (peek() != null && peek().is(word)) {
      at++;
      return true;
    }
    return false;
  }
}
