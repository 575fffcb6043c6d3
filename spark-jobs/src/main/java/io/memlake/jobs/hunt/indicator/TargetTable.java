package io.memlake.jobs.hunt.indicator;

import java.io.Serializable;
import java.util.List;

/**
 * How rows of a table are told apart in matches.
 *
 * @param table the table
 * @param pid Spark SQL for the process id, or null
 * @param process Spark SQL for the process name, or null
 * @param key Spark SQL for a text that tells the row apart
 * @param needs columns that these need
 */
public record TargetTable(String table, String pid, String process, String key, List<String> needs)
    implements Serializable {

  /** Copies the list. */
  public TargetTable {
    needs = List.copyOf(needs);
  }
}
