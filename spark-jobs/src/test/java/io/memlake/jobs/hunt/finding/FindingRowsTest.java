package io.memlake.jobs.hunt.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.memlake.jobs.hunt.rule.Rule;
import io.memlake.jobs.hunt.rule.Severity;
import io.memlake.schemas.row.FindingRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FindingRowsTest {

  @Test
  void theIdDependsOnCaseHostRuleAndEntityOnly() {
    FindingRow first = only(rows(10, Map.of(), finding("A", "entity", 100)));
    FindingRow again = only(rows(20, Map.of("A", "poor"), finding("A", "entity", 50)));
    FindingRow other = only(rows(10, Map.of(), finding("B", "entity", 100)));
    assertThat(first.getFindingId()).matches("F-[0-9a-f]{20}").isEqualTo(again.getFindingId());
    assertThat(other.getFindingId()).isNotEqualTo(first.getFindingId());
    // Pinned: an id that changes between versions loses what people noted about it.
    assertThat(FindingId.of("case", "host", "RULE", "entity")).isEqualTo("F-16399b199e2dbd0bb35e");
  }

  @Test
  void aPoorImageLowersConfidenceAndRisk() {
    FindingRow good = only(rows(10, Map.of("A", "good"), finding("A", "e", 100)));
    FindingRow poor = only(rows(10, Map.of("A", "poor"), finding("A", "e", 100)));
    assertThat(good.getConfidence()).isEqualTo(90);
    assertThat(poor.getConfidence()).isEqualTo(54);
    assertThat(poor.getRiskScore()).isLessThan(good.getRiskScore());
    assertThat(good.getConfidenceId()).isEqualTo(3);
    assertThat(poor.getConfidenceId()).isEqualTo(2);
  }

  @Test
  void whatHalfOfAFleetHasIsSuppressed() {
    List<RawFinding> usual = new ArrayList<>();
    for (int host = 0; host < 5; host++) {
      usual.add(finding("H" + host, "e" + host, 100));
    }
    Collection<FindingRow> rows = rows(10, Map.of(), usual.toArray(RawFinding[]::new));
    assertThat(rows).hasSize(5).allMatch(row -> row.getSeverity().equals("informational"));
    assertThat(rows).allMatch(row -> row.getStatus().equals("Suppressed"));
    usual.remove(0);
    assertThat(rows(10, Map.of(), usual.toArray(RawFinding[]::new)))
        .hasSize(4)
        .allMatch(row -> row.getSeverity().equals("high") && row.getStatus().equals("New"));
  }

  @Test
  void twoRowsOfOneEntityAreOneFinding() {
    FindingRow row = only(rows(10, Map.of(), finding("A", "e", 50), finding("A", "e", 100)));
    assertThat(row.getConfidence()).isEqualTo(68);
    assertThat(row.getPrevalenceHosts()).isEqualTo(1);
  }

  private static FindingRow only(Collection<FindingRow> rows) {
    assertThat(rows).hasSize(1);
    return rows.iterator().next();
  }

  private static Collection<FindingRow> rows(
      int fleet, Map<String, String> verdicts, RawFinding... findings) {
    return new FindingRows("case", "run", fleet, verdicts).of(List.of(findings));
  }

  private static RawFinding finding(String host, String entity, int confidence) {
    Rule rule =
        new Rule(
            "RULE",
            "1",
            "title",
            Severity.HIGH,
            90,
            "Rule",
            "process",
            List.of("T1055"),
            List.of("processes"),
            Optional.of(Severity.INFORMATIONAL),
            Optional.empty(),
            List.of(),
            "SELECT 1");
    return new RawFinding(
        rule,
        host,
        "image",
        1,
        "a.exe",
        entity,
        "detail",
        null,
        confidence,
        Optional.empty(),
        List.of());
  }
}
