package io.memlake.jobs.hunt.rule;

import java.util.List;
import java.util.Optional;

/**
 * One rule.
 *
 * @param uid its name; MemProcFS's name of the same check where it has one
 * @param version changes with the query
 * @param title what was found when it fires
 * @param severity of its findings, unless a row brings its own
 * @param confidence 0 to 100: how far the rule itself can be trusted
 * @param analytic Rule, Statistical, Behavioral, Fingerprint or IOC
 * @param entity what its findings are about
 * @param techniques MITRE ATT&amp;CK technique ids, sorted
 * @param tables tables without which it cannot say anything
 * @param fleetWide severity when most hosts of a fleet have it; empty when that changes nothing
 * @param falsePositive what harmless thing looks the same
 * @param nextSteps what to do next
 * @param query Spark SQL with the columns that {@link RuleColumns} names
 */
public record Rule(
    String uid,
    String version,
    String title,
    Severity severity,
    int confidence,
    String analytic,
    String entity,
    List<String> techniques,
    List<String> tables,
    Optional<Severity> fleetWide,
    Optional<String> falsePositive,
    List<String> nextSteps,
    String query) {

  /** Copies the lists. */
  public Rule {
    techniques = techniques.stream().sorted().toList();
    tables = List.copyOf(tables);
    nextSteps = List.copyOf(nextSteps);
    if (confidence < 0 || confidence > 100) {
      throw new IllegalArgumentException("confidence is 0 to 100, not " + confidence);
    }
  }
}
