package io.memlake.jobs.hunt.indicator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Indicators of all files of a hunt, each once, and what of the files is none. */
public final class IndicatorSet {
  private final Map<String, Indicator> indicators = new LinkedHashMap<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private long duplicates;

  /** Makes an empty set. */
  public IndicatorSet() {}

  /**
   * Something in a file that is not searched.
   *
   * @param item file, and line or object
   * @param status malformed, skipped, unsupported or ignored
   * @param reason why
   */
  public record Rejected(String item, String status, String reason) {}

  /** Adds an indicator, unless there is one that is the same. */
  void add(Indicator indicator) {
    String value = indicator.value();
    if (value.isBlank()) {
      reject(indicator.source(), "malformed", "the value is empty");
    } else if (value.length() > Indicator.MAX_LENGTH) {
      reject(indicator.source(), "malformed", "the value has " + value.length() + " characters");
    } else {
      String fault = fault(indicator);
      if (fault != null) {
        reject(indicator.source(), "malformed", fault);
      } else if (indicators.putIfAbsent(indicator.identity(), indicator) != null) {
        duplicates++;
      }
    }
  }

  void reject(String item, String status, String reason) {
    rejected.add(new Rejected(item, status, reason));
  }

  /** All indicators in the order of the files. */
  public List<Indicator> indicators() {
    return List.copyOf(indicators.values());
  }

  /** What is not searched, in the order of the files. */
  public List<Rejected> rejected() {
    return List.copyOf(rejected);
  }

  /** How many were there already. */
  public long duplicates() {
    return duplicates;
  }

  private static String fault(Indicator indicator) {
    String value = indicator.value();
    if (indicator.form() == Indicator.Form.REGEX) {
      try {
        com.google.re2j.Pattern.compile(value);
        return null;
      } catch (com.google.re2j.PatternSyntaxException e) {
        return "not a regular expression of RE2: " + e.getDescription();
      }
    }
    if (indicator.form() == Indicator.Form.WILDCARD) {
      return value.replace("*", "").replace("?", "").length() < 3
          ? "fewer than 3 characters beside wildcards"
          : null;
    }
    return switch (indicator.type()) {
      case IPV4, IPV6 -> TypeGuess.isAddress(value) ? null : "not an address: " + brief(value);
      case CIDR -> AddressRange.parse(value).isEmpty() ? "not a range: " + brief(value) : null;
      case MD5, IMPHASH, RICH_HASH -> hash(value, 32);
      case SHA1 -> hash(value, 40);
      case SHA256 -> hash(value, 64);
      case SHA512 -> hash(value, 128);
      case DOMAIN, HOSTNAME ->
          value.chars().anyMatch(c -> c <= ' ' || c == '/' || c == '\\')
              ? "not a name: " + brief(value)
              : null;
      default -> value.chars().anyMatch(c -> c == 0) ? "it holds a zero" : null;
    };
  }

  private static String hash(String value, int digits) {
    return value.toLowerCase(Locale.ROOT).matches("[0-9a-f]{" + digits + "}")
        ? null
        : "not " + digits + " hex digits: " + brief(value);
  }

  private static String brief(String value) {
    return value.length() <= 60 ? value : value.substring(0, 60) + "…";
  }
}
