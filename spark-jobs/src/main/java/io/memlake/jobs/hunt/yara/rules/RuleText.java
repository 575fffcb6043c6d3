package io.memlake.jobs.hunt.yara.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One rule as it stands in its file.
 *
 * @param name its name
 * @param line number of the line that it begins in, from 1
 * @param text all of it
 * @param secret whether it is private: never reported itself
 * @param global whether all other rules of the file depend on it
 * @param strings pieces of the definition of each string by its name, with the dollar sign
 * @param condition pieces of the condition
 */
public record RuleText(
    String name,
    int line,
    String text,
    boolean secret,
    boolean global,
    Map<String, List<RuleToken>> strings,
    List<RuleToken> condition) {

  /**
   * A file of rules.
   *
   * @param imports the import statements
   * @param rules the rules in their order
   */
  public record File(String imports, List<RuleText> rules) {}

  /** Every name in the condition, those of rules among them. */
  public Set<String> namesInCondition() {
    return condition.stream().map(RuleToken::text).collect(Collectors.toSet());
  }

  /** Finds the rules of a file; what is no rule, for want of a brace for instance, is left out. */
  public static File file(String source) {
    Reader reader = new Reader(source, RuleLexer.tokens(source));
    return reader.read();
  }

  /** Walks over the pieces of a file. */
  private static final class Reader {
    private final String source;
    private final List<RuleToken> tokens;
    private final StringBuilder imports = new StringBuilder();
    private final List<RuleText> rules = new ArrayList<>();
    private int at;
    private int lineAt;
    private int line = 1;

    Reader(String source, List<RuleToken> tokens) {
      this.source = source;
      this.tokens = tokens;
    }

    File read() {
      while (at < tokens.size()) {
        if (tokens.get(at).is("import") && at + 1 < tokens.size()) {
          imports.append("import ").append(tokens.get(at + 1).text()).append('\n');
          at += 2;
        } else if (isHead(at)) {
          rule();
        } else {
          at++;
        }
      }
      return new File(imports.toString(), rules);
    }

    private boolean isHead(int place) {
      RuleToken token = tokens.get(place);
      return token.is("rule") || token.is("private") || token.is("global");
    }

    private void rule() {
      int first = at;
      boolean secret = false;
      boolean global = false;
      while (at < tokens.size() && !tokens.get(at).is("rule")) {
        secret |= tokens.get(at).is("private");
        global |= tokens.get(at).is("global");
        if (!isHead(at++)) {
          return;
        }
      }
      String name = at + 1 < tokens.size() ? tokens.get(at + 1).text() : "";
      at += 2;
      skipTo("{");
      Map<String, List<RuleToken>> strings = new LinkedHashMap<>();
      skipTo("strings", "condition");
      if (at < tokens.size() && tokens.get(at).is("strings")) {
        strings(strings);
      }
      at += 2;
      int from = Math.min(at, tokens.size());
      skipTo("}");
      if (at < tokens.size()) {
        int start = tokens.get(first).start();
        int end = tokens.get(at).end();
        rules.add(
            new RuleText(
                name,
                lineOf(start),
                source.substring(start, end),
                secret,
                global,
                strings,
                List.copyOf(tokens.subList(from, at))));
      }
      at++;
    }

    /** Goes to the first of the words; the values of a rule's metadata are passed over. */
    private void skipTo(String... words) {
      for (; at < tokens.size(); at++) {
        for (String word : words) {
          boolean section = !word.equals("{") && !word.equals("}");
          boolean heads = !section || (at + 1 < tokens.size() && tokens.get(at + 1).is(":"));
          if (tokens.get(at).is(word) && heads) {
            return;
          }
        }
      }
    }

    private void strings(Map<String, List<RuleToken>> strings) {
      at += 2;
      int number = 0;
      while (at + 1 < tokens.size() && !tokens.get(at).is("condition")) {
        RuleToken name = tokens.get(at);
        int from = at + 2;
        at = from;
        while (at < tokens.size()
            && !tokens.get(at).is("condition")
            && !(tokens.get(at).kind() == RuleToken.Kind.VARIABLE)) {
          at++;
        }
        // Strings without a name are only reached through "them".
        String key = name.text().equals("$") ? "$ " + number++ : name.text();
        strings.put(key, List.copyOf(tokens.subList(Math.min(from, at), at)));
      }
    }

    private int lineOf(int place) {
      for (; lineAt < place; lineAt++) {
        line += source.charAt(lineAt) == '\n' ? 1 : 0;
      }
      return line;
    }
  }
}
