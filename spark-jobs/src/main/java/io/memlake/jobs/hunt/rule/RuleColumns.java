package io.memlake.jobs.hunt.rule;

import java.util.List;

/** Columns of a rule's query. */
public final class RuleColumns {
  /** Columns that every query has. */
  public static final List<String> REQUIRED =
      List.of(
          "case_id",
          "host",
          "image_id",
          "pid",
          "process",
          "entity",
          "detail",
          "forensic_path",
          "confidence");

  /** Severity of the row, instead of the rule's. */
  public static final String SEVERITY = "severity";

  /** Techniques of the row, instead of the rule's. */
  public static final String TECHNIQUES = "techniques";

  private RuleColumns() {}
}
