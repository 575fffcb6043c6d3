package io.memlake.jobs.hunt.run;

import io.memlake.schemas.evidence.RowOrigin;
import io.memlake.schemas.row.HuntCoverageRow;

/**
 * What was or was not searched; one row of {@code hunt_coverage}.
 *
 * @param kind indicator, indicator_type, yara, sigma, rule or allowlist
 * @param item which one
 * @param status searched, not_testable, not_applicable, unsupported, malformed, duplicate, skipped
 * @param reason why, or null
 * @param items how many it stands for
 * @param hostsSearched hosts whose rows were searched
 * @param hostsSkipped hosts that lack what is needed
 * @param matches rows found
 */
public record Coverage(
    String kind,
    String item,
    String status,
    String reason,
    long items,
    int hostsSearched,
    int hostsSkipped,
    long matches) {
  private static final String SEARCHED = "searched";

  /** Nothing found yet. */
  public static Coverage searched(String kind, String item, int hosts, int skipped) {
    return new Coverage(kind, item, SEARCHED, null, 1, hosts, skipped, 0);
  }

  /** The lake lacks a table. */
  public static Coverage notApplicable(String kind, String item, String reason, int hosts) {
    return of(kind, item, "not_applicable", reason, 1, 0, hosts);
  }

  /** Any status without matches. */
  public static Coverage of(
      String kind,
      String item,
      String status,
      String reason,
      long items,
      int searched,
      int skipped) {
    return new Coverage(kind, item, status, reason, items, searched, skipped, 0);
  }

  /** Whether it was looked for. */
  public boolean isSearched() {
    return status.equals(SEARCHED);
  }

  /** The same with rows found. */
  public Coverage withMatches(long found) {
    return new Coverage(kind, item, status, reason, items, hostsSearched, hostsSkipped, found);
  }

  /** The same with a remark. */
  public Coverage withReason(String remark) {
    return new Coverage(kind, item, status, remark, items, hostsSearched, hostsSkipped, matches);
  }

  /** The row for the table. */
  public HuntCoverageRow row(String caseId, String runId) {
    HuntCoverageRow row = new HuntCoverageRow();
    new RowOrigin(caseId, null, null, runId).stamp(row);
    row.setSource("tool");
    row.setKind(kind);
    row.setItem(item);
    row.setStatus(status);
    row.setReason(reason);
    row.setItems(items);
    row.setHostsSearched(hostsSearched);
    row.setHostsSkipped(hostsSkipped);
    row.setMatches(matches);
    return row;
  }
}
