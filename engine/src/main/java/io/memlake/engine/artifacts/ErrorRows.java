package io.memlake.engine.artifacts;

import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.evidence.ForensicPath;
import io.memlake.schemas.row.ErrorRow;
import java.io.IOException;
import java.util.List;

/** Makes rows of {@code errors} out of what artifacts meet while they walk. */
public final class ErrorRows {
  private static final String STAGE = "walk";
  private static final int MAXIMUM_TEXT = 500;
  private static final int MAXIMUM_SINGLE_ROWS = 32;

  private ErrorRows() {}

  /**
   * Evidence that does not hold what a table needs.
   *
   * @param table table whose rows are missing or doubtful because of it
   * @param item list or object
   * @param virtualAddress kernel address in question, 0 for none
   * @param reason what is wrong, one line
   */
  public static ErrorRow gap(
      String table, String item, long virtualAddress, Absence absence, String reason) {
    return row("gap", table, item, virtualAddress, absence, reason);
  }

  /** A table that is not filled of 32-bit Windows. */
  public static ErrorRow narrow(String table) {
    return gap(table, "kernel", 0, Absence.NOT_AVAILABLE, "not read of 32-bit Windows");
  }

  /**
   * Gaps of one cause: the first few by themselves, the rest folded into one row, since a hostile
   * list can hold tens of thousands.
   *
   * @param pid process in which they are; null for none
   */
  public static void gaps(
      RowSink<? super ErrorRow> errors,
      String table,
      String item,
      long virtualAddress,
      Integer pid,
      List<String> reasons)
      throws IOException {
    int single = Math.min(reasons.size(), MAXIMUM_SINGLE_ROWS);
    for (int i = 0; i < single; i++) {
      ErrorRow row = gap(table, item, virtualAddress, Absence.UNPARSABLE, reasons.get(i));
      row.setPid(pid);
      errors.accept(row);
    }
    if (reasons.size() > single) {
      ErrorRow row =
          gap(table, item, virtualAddress, Absence.UNPARSABLE, "further entries that are none");
      row.setPid(pid);
      row.setDetail("the last: " + reasons.get(reasons.size() - 1));
      row.setOccurrences((long) (reasons.size() - single));
      errors.accept(row);
    }
  }

  /** A value that may be wrong; parameters as for {@link #gap}. */
  public static ErrorRow warning(String table, String item, long virtualAddress, String reason) {
    return row("warning", table, item, virtualAddress, Absence.UNPARSABLE, reason);
  }

  /** Symbols that lack what a table needs; parameters as for {@link #gap}. */
  public static ErrorRow missingSymbols(String table, String reason) {
    return row("error", table, "symbols", 0, Absence.NOT_AVAILABLE, reason);
  }

  /** Names the process that the row is about. */
  public static ErrorRow inProcess(ErrorRow row, int pid) {
    row.setPid(pid);
    return row;
  }

  private static ErrorRow row(
      String severity,
      String table,
      String item,
      long virtualAddress,
      Absence absence,
      String reason) {
    ErrorRow row = new ErrorRow();
    row.setSource("tool");
    row.setConfidence(100);
    row.setForensicPath(virtualAddress == 0 ? null : ForensicPath.kernel(virtualAddress));
    row.setSeverity(severity);
    row.setStage(STAGE);
    row.setItem(item);
    row.setReason(reason.length() <= MAXIMUM_TEXT ? reason : reason.substring(0, MAXIMUM_TEXT));
    row.setAbsence(absence.text());
    row.setTableName(table);
    row.setOccurrences(1L);
    return row;
  }
}
