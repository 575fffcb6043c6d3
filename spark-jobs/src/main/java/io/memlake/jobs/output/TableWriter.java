package io.memlake.jobs.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Aligned columns for people. The first rows decide the widths; a later row with longer cells is
 * written in full and out of line, so that any number of rows needs the memory of a few.
 */
final class TableWriter implements ResultWriter {
  /** Rows that are looked at before the first is written. */
  private static final int LOOK_AHEAD = 2000;

  private static final String NULL = "-";

  private final PrintStream out;
  private final List<ResultColumn> columns;
  private final int maxCellWidth;
  private final int[] widths;
  private final boolean[] right;
  private List<List<String>> held = new ArrayList<>();
  private long rows;

  TableWriter(PrintStream out, List<ResultColumn> columns, int maxCellWidth) {
    this.out = out;
    this.columns = columns;
    this.maxCellWidth = maxCellWidth;
    widths = new int[columns.size()];
    right = new boolean[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(heading(i));
      right[i] = true;
    }
  }

  @Override
  public void row(List<?> values) {
    List<String> cells = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      Object value = values.get(i);
      String text = value == null ? NULL : CellText.of(value, columns.get(i));
      cells.add(cut(CellText.printable(text)));
      right[i] &= value == null || value instanceof Number;
    }
    rows++;
    if (held == null) {
      line(cells);
      return;
    }
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], width(cells.get(i)));
    }
    held.add(cells);
    if (held.size() == LOOK_AHEAD) {
      release();
    }
  }

  @Override
  public void close() {
    if (held != null) {
      release();
    }
    out.flush();
  }

  private void release() {
    List<String> headings = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      right[i] &= rows > 0;
      headings.add(heading(i));
      rules.add("-".repeat(widths[i]));
    }
    line(headings);
    line(rules);
    held.forEach(this::line);
    held = null;
  }

  private void line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String padding = " ".repeat(Math.max(0, widths[i] - width(cell)));
      line.append(i == 0 ? "" : "  ");
      line.append(right[i] ? padding + cell : cell + padding);
    }
    out.print(line.toString().stripTrailing() + "\n");
  }

  private String heading(int column) {
    return CellText.printable(columns.get(column).name());
  }

  private String cut(String text) {
    if (width(text) <= maxCellWidth) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, maxCellWidth - 1)) + "…";
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
