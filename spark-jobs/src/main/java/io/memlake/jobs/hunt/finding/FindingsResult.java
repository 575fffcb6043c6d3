package io.memlake.jobs.hunt.finding;

import io.memlake.jobs.hunt.rule.Severity;
import io.memlake.jobs.hunt.run.Coverage;
import io.memlake.schemas.row.FindingRow;
import java.util.List;

/**
 * What a run of rules gave.
 *
 * @param findings sorted rows of {@code findings}
 * @param coverage which rules were run on how many hosts, and which could not
 */
public record FindingsResult(List<FindingRow> findings, List<Coverage> coverage) {

  /** Copies the lists. */
  public FindingsResult {
    findings = List.copyOf(findings);
    coverage = List.copyOf(coverage);
  }

  /** Findings of that severity or worse. */
  public long atLeast(Severity severity) {
    return findings.stream().filter(row -> row.getSeverityId() >= severity.number()).count();
  }
}
