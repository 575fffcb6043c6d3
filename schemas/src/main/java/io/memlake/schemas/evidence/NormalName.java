package io.memlake.schemas.evidence;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names without what differs from host to host and means nothing: user names, devices, SIDs, GUIDs,
 * versions, ids, names that a program made up. Equal objects of two hosts then have equal names.
 */
public final class NormalName {
  private static final List<Step> STEPS =
      List.of(
          new Step("?/", "^(/[?][?]/|//[?]/)", ""),
          new Step("/device/h", "^/device/harddiskvolume[0-9]+", "c:"),
          new Step("/", "^/?(systemroot|%systemroot%|%windir%)/", "c:/windows/"),
          new Step("/users/", "/users/[^/]+/", "/users/*/"),
          new Step("s-1-5-21-", "s-1-5-21-[0-9]+-[0-9]+-[0-9]+", "s-1-5-21-*"),
          new Step(
              "-",
              "[{]?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}[}]?",
              "{guid}"),
          new Step("/", "/[0-9]+([.][0-9]+){2,}(_[^/]*)?/", "/*/"),
          new Step("", "[0-9a-f]{16,}", "*"),
          new Step(".tmp", "/[~]?[a-z]{0,3}[0-9a-f]{3,8}[.]tmp", "/*.tmp"),
          new Step("sm0:", "sm0:[0-9]+:[0-9]+:", "sm0:*:*:"),
          new Step("pid ", " pid [0-9]+$", " pid *"),
          new Step("tid ", "^tid [0-9]+", "tid *"));

  private NormalName() {}

  /**
   * One replacement.
   *
   * @param contained text without which the expression cannot match; a cheap first look
   * @param expression what is replaced, understood by Java and by RE2 alike
   * @param replacement what stands for it, no groups
   */
  public record Step(String contained, String expression, String replacement, Pattern pattern) {
    Step(String contained, String expression, String replacement) {
      this(contained, expression, replacement, Pattern.compile(expression));
    }

    private String on(String text) {
      if (!text.contains(contained)) {
        return text;
      }
      Matcher matcher = pattern.matcher(text);
      return matcher.find() ? matcher.replaceAll(Matcher.quoteReplacement(replacement)) : text;
    }
  }

  /** The replacements in their order; they expect lower case and slashes. */
  public static List<Step> steps() {
    return STEPS;
  }

  /** The normal form of a name; null for null. */
  public static String of(String name) {
    if (name == null) {
      return null;
    }
    String text = name.toLowerCase(Locale.ROOT).replace('\\', '/');
    for (Step step : STEPS) {
      text = step.on(text);
    }
    return text;
  }
}
