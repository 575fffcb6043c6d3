package io.memlake.jobs.hunt.finding;

import io.memlake.jobs.hunt.rule.AttackTactics;
import io.memlake.jobs.hunt.rule.Rule;
import io.memlake.jobs.hunt.rule.Severity;
import io.memlake.schemas.evidence.RowOrigin;
import io.memlake.schemas.row.FindingRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns what rules found into rows: ids, prevalence over the fleet, confidence and risk. */
final class FindingRows {
  /** Share of a fleet from which on something is usual, and hosts below which no fleet is one. */
  private static final double USUAL = 0.5;

  private static final int SMALLEST_FLEET = 5;
  private static final int MAX_RISK = 100;

  private final String caseId;
  private final String runId;
  private final int fleetHosts;
  private final Map<String, String> verdicts;

  FindingRows(String caseId, String runId, int fleetHosts, Map<String, String> verdicts) {
    this.caseId = caseId;
    this.runId = runId;
    this.fleetHosts = fleetHosts;
    this.verdicts = verdicts;
  }

  /** Rows in no particular order; one an id. */
  Collection<FindingRow> of(List<RawFinding> found) {
    Map<String, Set<String>> hosts = new HashMap<>();
    for (RawFinding finding : found) {
      hosts.computeIfAbsent(finding.kind(), kind -> new HashSet<>()).add(finding.host());
    }
    Map<String, FindingRow> rows = new LinkedHashMap<>();
    for (RawFinding finding : found) {
      FindingRow row = row(finding, hosts.get(finding.kind()).size());
      rows.merge(row.getFindingId(), row, FindingRows::surer);
    }
    return rows.values();
  }

  private FindingRow row(RawFinding finding, int prevalence) {
    Rule rule = finding.rule();
    boolean usual =
        rule.fleetWide().isPresent()
            && fleetHosts >= SMALLEST_FLEET
            && prevalence >= USUAL * fleetHosts;
    Severity severity = usual ? rule.fleetWide().get() : finding.severity().orElse(rule.severity());
    int confidence =
        ImageConfidence.score(
            rule.confidence(), finding.confidence(), verdicts.get(finding.host()));
    double rarity = Math.log((double) Math.max(fleetHosts, prevalence) / prevalence);
    List<String> techniques =
        finding.techniques().isEmpty() ? rule.techniques() : finding.techniques();
    FindingRow row = new FindingRow();
    new RowOrigin(caseId, finding.host(), finding.imageId(), runId).stamp(row);
    row.setSource("derived");
    row.setForensicPath(finding.forensicPath());
    row.setConfidence(confidence);
    row.setFindingId(FindingId.of(caseId, finding.host(), rule.uid(), finding.entity()));
    row.setRuleUid(rule.uid());
    row.setRuleVersion(rule.version());
    row.setTitle(rule.title());
    row.setDescription(finding.detail());
    row.setAnalyticType(rule.analytic());
    row.setSeverity(severity.toString());
    row.setSeverityId(severity.number());
    row.setConfidenceId(ImageConfidence.step(confidence));
    row.setRiskScore(risk(severity, confidence, rarity));
    row.setTactics(AttackTactics.of(techniques));
    row.setAttackTechnique(techniques);
    row.setAttackVersion(AttackTactics.VERSION);
    row.setPid(finding.pid());
    row.setProcess(finding.process());
    row.setEntityType(rule.entity());
    row.setEntityKey(finding.entity());
    row.setEvidence(evidence(finding));
    row.setPrevalenceHosts(prevalence);
    row.setFleetHosts(fleetHosts);
    row.setRarity(rarity);
    row.setStatus(usual ? "Suppressed" : "New");
    row.setStatusReason(
        usual ? prevalence + " of " + fleetHosts + " hosts have it: usual for this fleet" : null);
    row.setFalsePositiveHint(rule.falsePositive().orElse(null));
    row.setNextSteps(rule.nextSteps());
    return row;
  }

  /** Severity gives the most, confidence scales it, rarity lifts it by up to a fifth. */
  private int risk(Severity severity, int confidence, double rarity) {
    double most = Math.log(Math.max(2, fleetHosts));
    double base = severity.number() * (MAX_RISK / 6.0) * confidence / 100.0;
    return (int) Math.min(MAX_RISK, Math.round(base * (1 + 0.2 * Math.min(1, rarity / most))));
  }

  private static List<String> evidence(RawFinding finding) {
    List<String> evidence = new ArrayList<>();
    String path = finding.forensicPath() == null ? "-" : finding.forensicPath();
    for (String table : finding.rule().tables()) {
      evidence.add(table + " [" + finding.entity() + "] " + path);
    }
    return evidence;
  }

  private static FindingRow surer(FindingRow left, FindingRow right) {
    return left.getConfidence() >= right.getConfidence() ? left : right;
  }
}
