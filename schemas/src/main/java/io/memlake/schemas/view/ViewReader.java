package io.memlake.schemas.view;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a view from its file. The grammar is strict, so that names can be quoted for each engine
 * without understanding SQL:
 *
 * <pre>
 * -- what the view shows, one line or more
 * -- tables: processes
 * SELECT
 *   pid AS "PID",
 *   eprocess AS "Offset(V)", -- hex
 *   exit_time AS "ExitTime"
 * FROM processes
 * WHERE in_pslist
 * </pre>
 *
 * <p>Names of columns that are words of some engine stand in backquotes: {@code `end`}.
 */
final class ViewReader {
  private static final String TABLES = "-- tables:";
  private static final Pattern COLUMN =
      Pattern.compile("\\s+(?<expression>.+) AS \"(?<name>[^\"]+)\"(?<comma>,?)(?<hex> -- hex)?");

  private final String name;
  private final List<String> lines;
  private int at;

  private ViewReader(String name, String text) {
    this.name = name;
    this.lines = text.lines().toList();
  }

  /**
   * Reads the view out of its file's text.
   *
   * @throws IllegalArgumentException when the text breaks the grammar, with view and line
   */
  static View read(String name, String text) {
    return new ViewReader(name, text).view();
  }

  private View view() {
    String doc = doc();
    List<String> tables = tables();
    if (!line().equals("SELECT")) {
      throw broken("expected SELECT");
    }
    at++;
    List<ViewColumn> columns = columns();
    if (!line().startsWith("FROM ")) {
      throw broken("expected FROM");
    }
    String from = String.join("\n", lines.subList(at, lines.size())).strip();
    if (from.indexOf('"') >= 0 || from.indexOf(';') >= 0) {
      throw broken("quoted names and semicolons have no place after FROM");
    }
    return new View(name, doc, tables, columns, from);
  }

  private String doc() {
    List<String> doc = new ArrayList<>();
    while (line().startsWith("-- ") && !line().startsWith(TABLES)) {
      doc.add(line().substring(3).strip());
      at++;
    }
    if (doc.isEmpty()) {
      throw broken("expected a comment that says what the view shows");
    }
    return String.join(" ", doc);
  }

  private List<String> tables() {
    if (!line().startsWith(TABLES)) {
      throw broken("expected " + TABLES);
    }
    String names = line().substring(TABLES.length()).strip();
    if (names.isEmpty()) {
      throw broken("expected names of tables");
    }
    at++;
    return List.of(names.split(" +"));
  }

  private List<ViewColumn> columns() {
    List<ViewColumn> columns = new ArrayList<>();
    boolean more = true;
    while (more) {
      Matcher column = COLUMN.matcher(line());
      if (!column.matches() || column.group("expression").indexOf('"') >= 0) {
        throw broken("expected: expression AS \"Name\"");
      }
      columns.add(
          new ViewColumn(
              column.group("name"), column.group("expression"), column.group("hex") != null));
      more = !column.group("comma").isEmpty();
      at++;
    }
    return columns;
  }

  private String line() {
    return at < lines.size() ? lines.get(at) : "";
  }

  private IllegalArgumentException broken(String reason) {
    return new IllegalArgumentException(
        "View " + name + ", line " + (at + 1) + ": " + reason + ", found \"" + line() + "\"");
  }
}
