package io.memlake.jobs.panels;

import io.memlake.jobs.output.ResultColumn;
import io.memlake.jobs.query.Answer;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.query.QueryException;
import io.memlake.schemas.Column;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a lake answered to a panel.
 *
 * @param panel the panel
 * @param state whether there are rows, and if not, why
 * @param message the reason in plain words; empty when there are rows
 * @param columns the columns with their number format
 * @param rows the rows
 * @param cut whether there are more rows than were asked for
 * @param millis how long it took
 */
public record PanelAnswer(
    Panel panel,
    State state,
    String message,
    List<ResultColumn> columns,
    List<List<Object>> rows,
    boolean cut,
    long millis) {

  /** Whether there are rows, and if not, why. */
  public enum State {
    /** There are rows. */
    ROWS,
    /** The query gave none. */
    EMPTY,
    /** The lake lacks a table that the panel asks. */
    ABSENT,
    /** The engine refused the query. */
    FAILED
  }

  /** Asks a lake; what cannot be answered is an answer with a reason. */
  public static PanelAnswer of(
      Panel panel, LakeDatabase lake, Map<String, Object> parameters, int maxRows) {
    Optional<String> lack = lack(panel, lake);
    if (lack.isPresent()) {
      return without(panel, State.ABSENT, lack.get(), 0);
    }
    long started = System.nanoTime();
    try {
      Answer answer = lake.ask(panel.sql(), parameters, maxRows);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
      if (answer.rows().isEmpty()) {
        return without(panel, State.EMPTY, panel.empty(), millis);
      }
      return new PanelAnswer(
          panel,
          State.ROWS,
          "",
          columns(answer.columns(), panel.tables()),
          answer.rows(),
          answer.cut(),
          millis);
    } catch (QueryException e) {
      return without(panel, State.FAILED, "The query failed: " + e.getMessage(), 0);
    }
  }

  /** Columns of an answer, with hex for those that {@code tables} keep as hex. */
  public static List<ResultColumn> columns(List<String> names, List<String> tables) {
    Set<String> hex = new HashSet<>();
    for (String name : tables) {
      for (Column column : Tables.find(name).map(Table::columns).orElse(List.of())) {
        if (column.hex()) {
          hex.add(column.name());
        }
      }
    }
    return names.stream().map(name -> new ResultColumn(name, hex.contains(name))).toList();
  }

  private static Optional<String> lack(Panel panel, LakeDatabase lake) {
    List<String> needed = new ArrayList<>(panel.tables());
    needed.addAll(panel.also());
    for (String table : needed) {
      if (Tables.find(table).isEmpty()) {
        return Optional.of("This version of Memlake fills no table " + table + ".");
      }
    }
    for (String table : panel.tables()) {
      if (lake.rows(table) == 0) {
        return Optional.of("The lake holds no rows of table " + table + ". " + panel.empty());
      }
    }
    return Optional.empty();
  }

  private static PanelAnswer without(Panel panel, State state, String message, long millis) {
    return new PanelAnswer(panel, state, message, List.of(), List.of(), false, millis);
  }
}
