package io.memlake.jobs.fleet;

import io.memlake.schemas.view.SqlDialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A question to a whole fleet that comes with the program.
 *
 * @param name its name
 * @param question what it answers
 * @param tables tables that it reads
 * @param template SQL with {@code @normal(x)} where the dialects differ
 */
public record NamedQuery(String name, String question, List<String> tables, String template) {
  private static final String FOLDER = "/hunts/queries/";
  private static final String MACRO = "@normal(";

  /** Copies the list. */
  public NamedQuery {
    tables = List.copyOf(tables);
  }

  /** All of them in the order of their names. */
  public static List<NamedQuery> all() {
    return text("queries.txt").lines().map(NamedQuery::load).toList();
  }

  /** The query of that name. */
  public static Optional<NamedQuery> find(String name) {
    return all().stream().filter(query -> query.name().equals(name)).findFirst();
  }

  /** The statement in the words of an engine. */
  public String sql(SqlDialect dialect) {
    StringBuilder sql = new StringBuilder();
    int at = 0;
    for (int macro = template.indexOf(MACRO); macro >= 0; macro = template.indexOf(MACRO, at)) {
      int end = macro + MACRO.length();
      int depth = 1;
      while (depth > 0) {
        char c = template.charAt(end++);
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      }
      String inner = template.substring(macro + MACRO.length(), end - 1);
      sql.append(template, at, macro)
          .append(
              dialect == SqlDialect.DUCKDB ? NormalForm.duckDb(inner) : NormalForm.spark(inner));
      at = end;
    }
    return sql.append(template, at, template.length()).toString();
  }

  private static NamedQuery load(String name) {
    List<String> lines = new ArrayList<>(text(name + ".sql").lines().toList());
    String question = lines.remove(0).replaceFirst("^-- ", "");
    List<String> tables =
        Arrays.asList(lines.remove(0).replaceFirst("^-- tables: ", "").split(" "));
    return new NamedQuery(name, question, tables, String.join("\n", lines));
  }

  private static String text(String file) {
    try (InputStream in = NamedQuery.class.getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("Missing resource " + FOLDER + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
