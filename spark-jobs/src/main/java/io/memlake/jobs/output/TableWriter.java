package io.memlake.jobs.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Aligned columns for people. The first rows decide the widths; a later row with longer cells is
 * written in full and out of line, so that any number of rows needs the memory of a few. On a
 * screen, texts are cut so that a line fits it, and grave things are coloured.
 */
final class TableWriter implements ResultWriter {
  /** Rows that are looked at before the first is written. */
  private static final int LOOK_AHEAD = 2000;

  private static final String NULL = "-";
  private static final int GAP = 2;

  /** A column of text is not made narrower than this. */
  private static final int LEAST_WIDTH = 8;

  private static final Set<String> PAINTED = Set.of("severity", "level", "status", "verdict");

  private final PrintStream out;
  private final List<ResultColumn> columns;
  private final int maxCellWidth;
  private final Screen screen;
  private final int[] widths;
  private final boolean[] right;
  private List<List<String>> held = new ArrayList<>();
  private long rows;

  TableWriter(PrintStream out, List<ResultColumn> columns, int maxCellWidth, Screen screen) {
    this.out = out;
    this.columns = columns;
    this.maxCellWidth = maxCellWidth;
    this.screen = screen;
    widths = new int[columns.size()];
    right = new boolean[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = TextWidth.of(heading(i));
      right[i] = true;
    }
  }

  @Override
  public void row(List<?> values) {
    List<String> cells = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      Object value = values.get(i);
      String text = value == null ? NULL : CellText.of(value, columns.get(i));
      cells.add(TextWidth.cut(CellText.printable(text), maxCellWidth));
      right[i] &= value == null || value instanceof Number;
    }
    rows++;
    if (held == null) {
      line(cells, Paint.PLAIN);
      return;
    }
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], TextWidth.of(cells.get(i)));
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
    for (int i = 0; i < widths.length; i++) {
      right[i] &= rows > 0;
    }
    fit();
    List<String> headings = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      headings.add(heading(i));
      rules.add("-".repeat(widths[i]));
    }
    line(headings, Paint.BOLD);
    line(rules, Paint.DIM);
    held.forEach(cells -> line(cells, Paint.PLAIN));
    held = null;
  }

  /** Narrows the widest columns of text until a line fits the screen; numbers are never cut. */
  private void fit() {
    int most = Arrays.stream(widths).max().orElse(0);
    while (screen.width() > 0 && lineWidth() > screen.width() && most > LEAST_WIDTH) {
      most--;
      for (int i = 0; i < widths.length; i++) {
        if (!right[i]) {
          widths[i] = Math.min(widths[i], most);
        }
      }
    }
  }

  private int lineWidth() {
    return Arrays.stream(widths).sum() + GAP * (widths.length - 1);
  }

  private void line(List<String> cells, Paint paint) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      boolean last = i == cells.size() - 1;
      String cell =
          screen.width() > 0 && !right[i] ? TextWidth.cut(cells.get(i), widths[i]) : cells.get(i);
      String padding = " ".repeat(Math.max(0, widths[i] - TextWidth.of(cell)));
      String shown = screen.colours() ? paint(i, cell, paint) : cell;
      line.append(i == 0 ? "" : " ".repeat(GAP));
      line.append(right[i] ? padding + shown : last ? shown : shown + padding);
    }
    out.print(line.toString().stripTrailing() + "\n");
  }

  private String paint(int column, String cell, Paint paint) {
    if (paint != Paint.PLAIN) {
      return paint.on(cell);
    }
    if (cell.equals(NULL)) {
      return Paint.DIM.on(cell);
    }
    return PAINTED.contains(columns.get(column).name()) ? Paint.of(cell).on(cell) : cell;
  }

  private String heading(int column) {
    return CellText.printable(columns.get(column).name());
  }
}
