package io.memlake.jobs.hunt.finding;

import io.memlake.jobs.hunt.rule.Rule;
import io.memlake.jobs.hunt.rule.RuleColumns;
import io.memlake.jobs.hunt.rule.Severity;
import io.memlake.jobs.hunt.run.Coverage;
import io.memlake.jobs.hunt.run.LakeInventory;
import io.memlake.jobs.query.QueryException;
import io.memlake.schemas.Tables;
import io.memlake.schemas.row.FindingRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Runs rules over the tables of a case: in DuckDB where it can, else in Spark. All queries for
 * Spark make one job; when it fails, each is run by itself, so that one broken rule is named and
 * the others still count.
 */
public final class FindingsJob {
  /** Findings kept of one rule; more than that tells nothing but that the rule is wrong. */
  static final int MAX_PER_RULE = 20_000;

  private static final String RULE_UID = "rule_uid";

  private final SparkSession session;
  private final LakeInventory inventory;
  private final Optional<LocalRules> local;
  private final Map<String, Rule> rules = new TreeMap<>();
  private final Map<String, Coverage> coverage = new TreeMap<>();
  private final List<String> asked = new ArrayList<>();

  /**
   * Prepares a run of {@code rules}.
   *
   * @param session with the lake's tables as views
   */
  public FindingsJob(SparkSession session, LakeInventory inventory, List<Rule> rules) {
    this(session, inventory, rules, Optional.empty());
  }

  /** As the other, with rules asked of DuckDB first. */
  FindingsJob(
      SparkSession session, LakeInventory inventory, List<Rule> rules, Optional<LocalRules> local) {
    this.session = session;
    this.inventory = inventory;
    this.local = local;
    rules.forEach(rule -> this.rules.put(rule.uid(), rule));
  }

  /** Runs all rules that this lake has the tables for. */
  public FindingsResult run(String runId) {
    List<Dataset<Row>> queries = new ArrayList<>();
    Map<String, List<RawFinding>> found = new TreeMap<>();
    for (Rule rule : rules.values()) {
      if (hasTables(rule) && !foundHere(rule, found)) {
        query(rule).ifPresent(queries::add);
      }
    }
    if (!queries.isEmpty()) {
      Map<String, List<RawFinding>> more = new TreeMap<>();
      try {
        collect(queries.stream().reduce(Dataset::union).orElseThrow(), more);
      } catch (Exception e) {
        more.clear();
        oneByOne(queries, more);
      }
      found.putAll(more);
    }
    List<RawFinding> kept = new ArrayList<>();
    for (Rule rule : rules.values()) {
      kept.addAll(kept(rule, found.getOrDefault(rule.uid(), List.of())));
    }
    List<FindingRow> rows =
        new ArrayList<>(
            new FindingRows(inventory.caseId(), runId, inventory.hosts(), verdicts()).of(kept));
    rows.sort(Tables.byName("findings").order());
    return new FindingsResult(rows, List.copyOf(coverage.values()));
  }

  private boolean hasTables(Rule rule) {
    for (String table : rule.tables()) {
      if (Tables.find(table).isEmpty() && !session.catalog().tableExists(table)) {
        return notApplicable(rule, "this version has no table " + table).isPresent();
      }
    }
    return inventory.hostsWith(rule.tables()) > 0
        || notApplicable(rule, "no host has rows in " + String.join(" and ", rule.tables()))
            .isPresent();
  }

  private boolean foundHere(Rule rule, Map<String, List<RawFinding>> found) {
    if (local.isEmpty()) {
      return false;
    }
    try {
      found.put(rule.uid(), local.get().find(rule, MAX_PER_RULE + 1));
      searched(rule);
      return true;
    } catch (QueryException e) {
      // Out of memory or time, or a word that only Spark knows.
      return false;
    }
  }

  private void searched(Rule rule) {
    int hosts = inventory.hostsWith(rule.tables());
    coverage.put(
        rule.uid(), Coverage.searched("rule", rule.uid(), hosts, inventory.hosts() - hosts));
  }

  private Optional<Dataset<Row>> query(Rule rule) {
    try {
      Dataset<Row> rows = session.sql(rule.query());
      List<String> columns = Arrays.asList(rows.columns());
      Dataset<Row> shaped =
          rows.filter(functions.col("case_id").equalTo(inventory.caseId()))
              .select(
                  functions.lit(rule.uid()).as(RULE_UID),
                  functions.col("host"),
                  functions.col("image_id"),
                  functions.col("pid").cast("int"),
                  functions.col("process"),
                  functions.col("entity"),
                  functions.col("detail"),
                  functions.col("forensic_path"),
                  functions.col("confidence").cast("int"),
                  column(columns, RuleColumns.SEVERITY, "string"),
                  column(columns, RuleColumns.TECHNIQUES, "array<string>"));
      searched(rule);
      asked.add(rule.uid());
      return Optional.of(shaped);
    } catch (Exception e) {
      // AnalysisException is checked, and Scala code throws it without declaring it.
      return notApplicable(rule, firstLine(e));
    }
  }

  private static org.apache.spark.sql.Column column(List<String> columns, String name, String as) {
    return columns.contains(name)
        ? functions.col(name).cast(as).as(name)
        : functions.lit(null).cast(as).as(name);
  }

  private Optional<Dataset<Row>> notApplicable(Rule rule, String reason) {
    coverage.put(rule.uid(), Coverage.notApplicable("rule", rule.uid(), reason, inventory.hosts()));
    return Optional.empty();
  }

  private void oneByOne(List<Dataset<Row>> queries, Map<String, List<RawFinding>> found) {
    for (int i = 0; i < queries.size(); i++) {
      try {
        collect(queries.get(i), found);
      } catch (Exception e) {
        String uid = asked.get(i);
        found.remove(uid);
        coverage.put(
            uid, Coverage.of("rule", uid, "skipped", firstLine(e), 1, 0, inventory.hosts()));
      }
    }
  }

  private void collect(Dataset<Row> union, Map<String, List<RawFinding>> found) {
    for (Row row :
        union
            .sort(functions.col(RULE_UID), functions.col("host"), functions.col("entity"))
            .collectAsList()) {
      List<RawFinding> of = found.computeIfAbsent(row.getString(0), uid -> new ArrayList<>());
      if (of.size() <= MAX_PER_RULE) {
        of.add(finding(row));
      }
    }
  }

  private RawFinding finding(Row row) {
    String entity = row.isNullAt(5) ? "?" : row.getString(5);
    return new RawFinding(
        rules.get(row.getString(0)),
        row.getString(1),
        row.getString(2),
        row.isNullAt(3) ? null : row.getInt(3),
        row.getString(4),
        entity,
        row.isNullAt(6) ? entity : row.getString(6),
        row.getString(7),
        row.isNullAt(8) ? 100 : row.getInt(8),
        row.isNullAt(9) ? Optional.empty() : Severity.of(row.getString(9)),
        row.isNullAt(10) ? List.of() : row.getList(10));
  }

  private List<RawFinding> kept(Rule rule, List<RawFinding> found) {
    Coverage searched = coverage.get(rule.uid());
    if (searched == null || !searched.isSearched()) {
      return List.of();
    }
    if (found.size() > MAX_PER_RULE) {
      coverage.put(
          rule.uid(),
          searched.withReason("more than " + MAX_PER_RULE + " findings; the rest is left out"));
      return found.subList(0, MAX_PER_RULE);
    }
    coverage.put(rule.uid(), searched.withMatches(found.size()));
    return found;
  }

  private Map<String, String> verdicts() {
    if (local.isPresent()) {
      try {
        return local.get().verdicts();
      } catch (QueryException e) {
        // Spark reads it as well.
      }
    }
    Map<String, String> verdicts = new HashMap<>();
    for (Row row :
        session
            .table("image_quality")
            .filter(functions.col("case_id").equalTo(inventory.caseId()))
            .select("host", "verdict")
            .collectAsList()) {
      verdicts.put(row.getString(0), row.getString(1));
    }
    return verdicts;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("?");
  }
}
