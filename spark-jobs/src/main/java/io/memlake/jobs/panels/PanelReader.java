package io.memlake.jobs.panels;

import io.memlake.jobs.query.NamedSql;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a panel from its file: comments that describe it, then the query.
 *
 * <pre>
 * -- title: Findings by severity
 * -- about: Findings at each level.
 * -- section: overview
 * -- chart: bars
 * -- tables: findings
 * -- also: hosts
 * -- empty: No findings.
 * SELECT severity, count(*) AS findings FROM findings GROUP BY severity
 * </pre>
 */
final class PanelReader {
  private static final String COMMENT = "-- ";
  private static final List<String> NEEDED =
      List.of("title", "about", "section", "chart", "tables", "empty");

  private static final Pattern QUOTED = Pattern.compile("'[^']*'");

  private PanelReader() {}

  /**
   * Reads the panel out of its file's text.
   *
   * @throws IllegalArgumentException when the text breaks the grammar, with panel and reason
   */
  static Panel read(String id, String text) {
    Map<String, String> facts = new TreeMap<>();
    List<String> lines = text.lines().toList();
    int at = 0;
    while (at < lines.size() && lines.get(at).startsWith(COMMENT)) {
      String line = lines.get(at).substring(COMMENT.length());
      int colon = line.indexOf(':');
      if (colon < 0
          || facts.put(line.substring(0, colon), line.substring(colon + 1).strip()) != null) {
        throw broken(id, "line " + (at + 1) + " is no new \"name: value\"");
      }
      at++;
    }
    String sql = String.join("\n", lines.subList(at, lines.size())).strip();
    check(id, facts, sql);
    return new Panel(
        id,
        facts.get("title"),
        facts.get("about"),
        constant(id, Section.class, facts.get("section")),
        constant(id, Chart.class, facts.get("chart")),
        words(facts.get("tables")),
        words(facts.getOrDefault("also", "")),
        NamedSql.parse(sql).names().stream().distinct().toList(),
        facts.get("empty"),
        sql);
  }

  private static void check(String id, Map<String, String> facts, String sql) {
    for (String name : NEEDED) {
      if (facts.getOrDefault(name, "").isEmpty()) {
        throw broken(id, "no \"" + name + "\"");
      }
    }
    for (String name : facts.keySet()) {
      if (!NEEDED.contains(name) && !name.equals("also")) {
        throw broken(id, "unknown \"" + name + "\"");
      }
    }
    boolean portable =
        QUOTED.matcher(sql).replaceAll("").chars().allMatch(c -> c < 0x7F && "\"`;".indexOf(c) < 0)
            && sql.indexOf('\\') < 0;
    if (!sql.startsWith("SELECT") || !portable) {
      throw broken(id, "the query is one SELECT without quoted names, backslashes and semicolons");
    }
  }

  private static <E extends Enum<E>> E constant(String id, Class<E> type, String word) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(word)) {
        return constant;
      }
    }
    throw broken(id, "no " + type.getSimpleName() + " is called " + word);
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" +"));
  }

  private static IllegalArgumentException broken(String id, String reason) {
    return new IllegalArgumentException("Panel " + id + ": " + reason);
  }
}
