package io.memlake.schemas.evidence;

import org.apache.avro.generic.IndexedRecord;

/**
 * The common columns that are the same in all rows of one image and run. What finds a row knows
 * nothing of cases and runs; what writes it stamps it.
 *
 * @param caseId the investigation
 * @param host the host; null for rows about the whole fleet
 * @param imageId the memory image; null for rows about none
 * @param runId the run that writes
 */
public record RowOrigin(String caseId, String host, String imageId, String runId) {
  /** Position of {@code case_id}: every table begins with the common columns. */
  static final int CASE_ID = 0;

  static final int HOST = 1;
  static final int IMAGE_ID = 2;
  static final int RUN_ID = 3;

  /** Sets {@code case_id}, {@code host}, {@code image_id} and {@code run_id} of a row. */
  public void stamp(IndexedRecord row) {
    row.put(CASE_ID, caseId);
    row.put(HOST, host);
    row.put(IMAGE_ID, imageId);
    row.put(RUN_ID, runId);
  }
}
