package io.memlake.jobs.task;

import io.memlake.schemas.evidence.Absence;
import io.memlake.schemas.row.ErrorRow;

/** Makes rows of {@code errors} out of what the jobs meet. */
public final class ErrorRowOf {
  private static final int MAX_TEXT = 500;

  private ErrorRowOf() {}

  /** Something asked for is missing; {@code table} may be null when no single one is touched. */
  public static ErrorRow error(String stage, String item, String table, String reason) {
    return row("error", stage, item, table, reason);
  }

  /** A value may be wrong. */
  public static ErrorRow warning(String stage, String item, String table, String reason) {
    return row("warning", stage, item, table, reason);
  }

  /** The evidence does not hold so many bytes or pages. */
  public static ErrorRow gap(
      String stage, String item, Absence absence, String reason, long occurrences) {
    ErrorRow row = row("gap", stage, item, null, reason);
    row.setAbsence(absence.text());
    row.setOccurrences(occurrences);
    return row;
  }

  /** Work that ended with an exception: a failing medium, or an error of ours. */
  public static ErrorRow failure(String stage, String item, String table, Exception failure) {
    ErrorRow row = row("error", stage, item, table, String.valueOf(failure.getMessage()));
    row.setDetail(failure.getClass().getName());
    return row;
  }

  private static ErrorRow row(
      String severity, String stage, String item, String table, String reason) {
    ErrorRow row = new ErrorRow();
    row.setSource("tool");
    row.setConfidence(100);
    row.setSeverity(severity);
    row.setStage(stage);
    row.setItem(item);
    String line = reason.lines().findFirst().orElse("");
    row.setReason(line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT));
    row.setTableName(table);
    row.setOccurrences(1L);
    return row;
  }
}
