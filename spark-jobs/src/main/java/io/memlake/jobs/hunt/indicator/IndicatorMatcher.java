package io.memlake.jobs.hunt.indicator;

import io.memlake.jobs.hunt.indicator.Indicator.Form;
import io.memlake.jobs.hunt.pattern.AhoCorasick;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds which of many indicators a value is or holds. The cost of a value does not depend on how
 * many indicators there are: exact ones are looked up, those inside of text are found in one pass.
 * Only wildcards and regular expressions are tried one after the other.
 */
public final class IndicatorMatcher implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Indicator> indicators;
  private final Map<String, int[]> exact = new HashMap<>();
  private final Map<String, int[]> ranges = new HashMap<>();
  private final int[] rangeLengths;
  private final Map<IndicatorType, List<Integer>> patterns = new EnumMap<>(IndicatorType.class);
  private final com.google.re2j.Pattern[] compiled;
  private final AhoCorasick text;
  private final int[] textIndicators;

  /** Prepares the search for {@code indicators}. */
  public IndicatorMatcher(List<Indicator> indicators) {
    this.indicators = List.copyOf(indicators);
    compiled = new com.google.re2j.Pattern[indicators.size()];
    List<byte[]> words = new ArrayList<>();
    List<Integer> owners = new ArrayList<>();
    TreeSet<Integer> lengths = new TreeSet<>();
    for (int i = 0; i < indicators.size(); i++) {
      Indicator indicator = indicators.get(i);
      if (indicator.form() != Form.EXACT) {
        patterns.computeIfAbsent(indicator.type(), type -> new ArrayList<>()).add(i);
        compiled[i] = compile(indicator);
        continue;
      }
      String normal = Normal.forMatching(indicator.type(), indicator.value());
      if (indicator.type() == IndicatorType.CIDR) {
        int number = i;
        AddressRange.parse(normal)
            .ifPresent(
                range -> {
                  put(ranges, range.prefix(), number);
                  lengths.add(range.prefix().length());
                });
      } else {
        put(exact, key(indicator.type(), normal), i);
        String word = inText(indicator.type(), normal);
        if (!word.isEmpty()) {
          words.add(word.getBytes(StandardCharsets.UTF_8));
          owners.add(i);
        }
      }
    }
    rangeLengths = lengths.stream().mapToInt(Integer::intValue).toArray();
    text = new AhoCorasick(words);
    textIndicators = owners.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The indicators, in the numbers that matches use. */
  public List<Indicator> indicators() {
    return indicators;
  }

  /** Numbers of the indicators of the target's types that {@code value} is or holds, sorted. */
  public int[] match(Target target, String value) {
    TreeSet<Integer> found = new TreeSet<>();
    if (target.text()) {
      inText(target, value, found);
    } else {
      for (IndicatorType type : target.types()) {
        lookUp(type, value, found);
      }
    }
    for (IndicatorType type : target.types()) {
      for (int number : patterns.getOrDefault(type, List.of())) {
        if (matches(number, type, value, target.text())) {
          found.add(number);
        }
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private void lookUp(IndicatorType type, String value, Set<Integer> found) {
    if (type == IndicatorType.CIDR) {
      if (rangeLengths.length > 0) {
        AddressRange.bits(Normal.address(value)).ifPresent(bits -> ranges(bits, found));
      }
      return;
    }
    String normal = Normal.forMatching(type, value);
    add(exact.get(key(type, normal)), found);
    if (type == IndicatorType.DOMAIN) {
      for (int dot = normal.indexOf('.'); dot >= 0; dot = normal.indexOf('.', dot + 1)) {
        add(exact.get(key(type, normal.substring(dot + 1))), found);
      }
    }
  }

  private void ranges(String bits, Set<Integer> found) {
    for (int length : rangeLengths) {
      if (length <= bits.length()) {
        add(ranges.get(bits.substring(0, length)), found);
      }
    }
  }

  private void inText(Target target, String value, Set<Integer> found) {
    if (textIndicators.length == 0) {
      return;
    }
    byte[] bytes =
        value.toLowerCase(Locale.ROOT).replace('\\', '/').getBytes(StandardCharsets.UTF_8);
    text.search(
        bytes,
        0,
        bytes.length,
        (pattern, end) -> {
          int number = textIndicators[pattern];
          IndicatorType type = indicators.get(number).type();
          if (target.types().contains(type)
              && TextBoundary.fits(type, bytes, end - text.length(pattern), end)) {
            found.add(number);
          }
        });
  }

  private boolean matches(int number, IndicatorType type, String value, boolean inText) {
    boolean wildcard = indicators.get(number).form() == Form.WILDCARD;
    String subject = value;
    if (wildcard) {
      subject =
          inText
              ? value.toLowerCase(Locale.ROOT).replace('\\', '/')
              : Normal.forMatching(type, value).replace('\\', '/');
    }
    return (wildcard && !inText)
        ? compiled[number].matcher(subject).matches()
        : compiled[number].matcher(subject).find();
  }

  private static com.google.re2j.Pattern compile(Indicator indicator) {
    int flags = com.google.re2j.Pattern.CASE_INSENSITIVE | com.google.re2j.Pattern.DOTALL;
    if (indicator.form() == Form.REGEX) {
      return com.google.re2j.Pattern.compile(indicator.value(), flags);
    }
    StringBuilder expression = new StringBuilder();
    String normal = Normal.forMatching(indicator.type(), indicator.value()).replace('\\', '/');
    for (int i = 0; i < normal.length(); i++) {
      char c = normal.charAt(i);
      expression.append(
          c == '*' ? ".*" : c == '?' ? "." : com.google.re2j.Pattern.quote(String.valueOf(c)));
    }
    return com.google.re2j.Pattern.compile(expression.toString(), flags);
  }

  /** How an indicator stands inside of text that is lower case with slashes; empty for never. */
  private static String inText(IndicatorType type, String normal) {
    return switch (type) {
      case COMMAND_LINE, URL, USER_AGENT, FILE_PATH -> normal.replace('\\', '/');
      case DOMAIN, HOSTNAME, EMAIL, IPV4, IPV6, FILE_NAME, BTC -> normal;
      case IP_PORT -> normal.replace('|', ':');
      default -> "";
    };
  }

  private static String key(IndicatorType type, String normal) {
    return type + "\0" + normal;
  }

  private static void put(Map<String, int[]> map, String key, int number) {
    map.merge(
        key,
        new int[] {number},
        (old, added) -> {
          int[] grown = Arrays.copyOf(old, old.length + 1);
          grown[old.length] = number;
          return grown;
        });
  }

  private static void add(int[] numbers, Set<Integer> found) {
    if (numbers != null) {
      for (int number : numbers) {
        found.add(number);
      }
    }
  }
}
