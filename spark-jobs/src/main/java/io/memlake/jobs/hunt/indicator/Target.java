package io.memlake.jobs.hunt.indicator;

import java.io.Serializable;
import java.util.List;

/**
 * A column in which indicators are looked for.
 *
 * @param table the table
 * @param column name of the column, as matches call it
 * @param expression Spark SQL for its values as text
 * @param needs columns that the table must have
 * @param text whether the value is free text that holds indicators, instead of one value
 * @param types types that may stand there
 */
public record Target(
    String table,
    String column,
    String expression,
    List<String> needs,
    boolean text,
    List<IndicatorType> types)
    implements Serializable {

  /** Copies the lists. */
  public Target {
    needs = List.copyOf(needs);
    types = List.copyOf(types);
  }
}
