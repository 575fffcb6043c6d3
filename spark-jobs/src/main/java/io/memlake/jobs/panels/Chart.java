package io.memlake.jobs.panels;

import java.util.Locale;

/** Ways to draw the rows of a panel. The names of columns say which is what. */
public enum Chart {
  /** One row; each column is a number with its name. */
  FACTS,
  /** The first column names a bar, the second is its length, the others stand beside it. */
  BARS,
  /** The first column is the row, the second the column, the third the number in the cell. */
  HEAT,
  /** Processes of a host under those that started them. */
  TREE,
  /** The first column is a time, the second a series, the third a number. */
  HISTOGRAM,
  /** The first column and the second are ends of a line, the third is its weight. */
  EDGES,
  /** Rows and columns. */
  TABLE;

  /** As the files of the panels and the pages spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
