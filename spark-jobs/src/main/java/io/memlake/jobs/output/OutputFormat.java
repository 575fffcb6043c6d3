package io.memlake.jobs.output;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Formats that {@code -o} knows. */
public enum OutputFormat {
  /** Aligned columns. */
  TABLE,
  /** RFC 4180. */
  CSV,
  /** One JSON document. */
  JSON,
  /** One JSON object a line. */
  JSONL,
  /** Parquet files in a folder. */
  PARQUET;

  /**
   * A writer of this format.
   *
   * @param maxCellWidth characters after which {@link #TABLE} cuts a cell
   * @param guardFormulas whether {@link #CSV} disarms cells that a spreadsheet would run
   * @throws IllegalArgumentException for {@link #PARQUET}, which no text stream can carry
   */
  public ResultWriter writer(
      PrintStream out, List<ResultColumn> columns, int maxCellWidth, boolean guardFormulas)
      throws IOException {
    return writer(out, columns, maxCellWidth, guardFormulas, Screen.NONE);
  }

  /** A writer that fits {@link #TABLE} to a screen; see the other. */
  public ResultWriter writer(
      PrintStream out,
      List<ResultColumn> columns,
      int maxCellWidth,
      boolean guardFormulas,
      Screen screen)
      throws IOException {
    return switch (this) {
      case TABLE -> new TableWriter(out, columns, maxCellWidth, screen);
      case CSV -> new CsvWriter(out, columns, guardFormulas);
      case JSON -> new JsonWriter(out, columns, JsonWriter.Shape.DOCUMENT);
      case JSONL -> new JsonWriter(out, columns, JsonWriter.Shape.LINES);
      case PARQUET -> throw new IllegalArgumentException("Parquet is not text");
    };
  }

  /** As the command line spells it. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
