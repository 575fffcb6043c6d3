package io.memlake.jobs.panels;

import java.util.List;

/**
 * One panel: a question and the way to draw its answer.
 *
 * @param id its name in links, lower case with underscores
 * @param title its heading
 * @param about what it shows, in a sentence
 * @param section the part of the page it belongs to
 * @param chart how it is drawn
 * @param tables tables without whose rows there is nothing to ask
 * @param also tables that are read as well, rows or not
 * @param parameters names of the {@code :name} marks in the SQL, each once
 * @param empty what no rows mean, in a sentence
 * @param sql the query, the same for every engine
 */
public record Panel(
    String id,
    String title,
    String about,
    Section section,
    Chart chart,
    List<String> tables,
    List<String> also,
    List<String> parameters,
    String empty,
    String sql) {

  /** Copies the lists, so that the panel stays as it is. */
  public Panel {
    tables = List.copyOf(tables);
    also = List.copyOf(also);
    parameters = List.copyOf(parameters);
  }
}
