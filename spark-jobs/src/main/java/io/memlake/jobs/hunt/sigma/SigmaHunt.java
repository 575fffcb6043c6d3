package io.memlake.jobs.hunt.sigma;

import io.memlake.jobs.hunt.run.Coverage;
import io.memlake.jobs.hunt.run.LakeInventory;
import io.memlake.schemas.Tables;
import io.memlake.schemas.evidence.RowOrigin;
import io.memlake.schemas.row.SigmaMatchRow;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Runs Sigma rules; those of one log source share a pass over its relation. */
public final class SigmaHunt {
  /** Rules in one query; more would make plans that take longer than the rows. */
  private static final int BATCH = 60;

  /** Rows kept of one rule; more than that tells nothing but that the rule does not fit. */
  private static final int MAX_MATCHES = 10_000;

  private final SparkSession session;
  private final LakeInventory inventory;
  private final SigmaFiles files = new SigmaFiles();
  private final List<Coverage> coverage = new ArrayList<>();

  /**
   * Reads the rules.
   *
   * @param session with the lake's tables as views
   * @param paths files and folders
   */
  public SigmaHunt(SparkSession session, LakeInventory inventory, List<Path> paths)
      throws IOException {
    this.session = session;
    this.inventory = inventory;
    for (Path path : paths) {
      files.read(path);
    }
  }

  /**
   * What a hunt gave.
   *
   * @param rows sorted rows of {@code sigma_matches}
   * @param coverage which rules were run, and which could not and why
   */
  public record Result(List<SigmaMatchRow> rows, List<Coverage> coverage) {

    /** Copies the lists. */
    public Result {
      rows = List.copyOf(rows);
      coverage = List.copyOf(coverage);
    }
  }

  /** A rule that can be run. */
  private record Ready(SigmaRule rule, SigmaSource source, SigmaCompiler.Compiled compiled) {}

  /** Runs all rules that this lake has the tables and columns for. */
  public Result run(String runId) {
    SigmaFunctions.register(session);
    coverage.addAll(files.rejected());
    Map<SigmaSource, List<Ready>> bySource = new HashMap<>();
    for (SigmaRule rule : files.rules()) {
      prepare(rule)
          .ifPresent(
              ready ->
                  bySource.computeIfAbsent(ready.source(), key -> new ArrayList<>()).add(ready));
    }
    List<SigmaMatchRow> rows = new ArrayList<>();
    for (SigmaSource source : SigmaSources.all()) {
      List<Ready> rules = bySource.getOrDefault(source, List.of());
      for (int from = 0; from < rules.size(); from += BATCH) {
        batch(source, rules.subList(from, Math.min(rules.size(), from + BATCH)), runId, rows);
      }
    }
    rows.sort(Tables.byName("sigma_matches").order());
    return new Result(rows, coverage);
  }

  private Optional<Ready> prepare(SigmaRule rule) {
    Optional<SigmaSource> source = SigmaSources.of(rule);
    if (source.isEmpty()) {
      return reject(rule, "not_applicable", "no table stands for " + rule.logsource());
    }
    List<String> tables = source.get().tables();
    if (inventory.hostsWith(tables) == 0) {
      return reject(rule, "not_applicable", "no host has rows in " + String.join(" and ", tables));
    }
    try {
      SigmaCompiler.Compiled compiled = SigmaCompiler.compile(rule, source.get().fields());
      if (!compiled.expression().isKnown()) {
        return reject(
            rule,
            "not_applicable",
            "no column stands for " + String.join(", ", compiled.expression().missing()));
      }
      return Optional.of(new Ready(rule, source.get(), compiled));
    } catch (IllegalArgumentException e) {
      return reject(rule, "unsupported", e.getMessage());
    }
  }

  private void batch(
      SigmaSource source, List<Ready> rules, String runId, List<SigmaMatchRow> rows) {
    Map<Integer, Integer> counts = new HashMap<>();
    try {
      for (Row row : session.sql(statement(source, rules)).collectAsList()) {
        int number = row.getInt(7);
        if (counts.merge(number, 1, Integer::sum) <= MAX_MATCHES) {
          rows.add(match(row, rules.get(number), runId));
        }
      }
    } catch (Exception e) {
      // AnalysisException is checked, and Scala code throws it without declaring it.
      if (rules.size() > 1) {
        rules.forEach(rule -> batch(source, List.of(rule), runId, rows));
        return;
      }
      reject(
          rules.get(0).rule(),
          "skipped",
          String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      return;
    }
    int hosts = inventory.hostsWith(source.tables());
    for (int i = 0; i < rules.size(); i++) {
      Ready ready = rules.get(i);
      int found = counts.getOrDefault(i, 0);
      String remark =
          ready.compiled().expression().missing().isEmpty()
              ? null
              : "without " + String.join(", ", ready.compiled().expression().missing());
      if (found > MAX_MATCHES) {
        remark = "more than " + MAX_MATCHES + " rows; the rest is left out";
      }
      coverage.add(
          Coverage.searched("sigma", item(ready.rule()), hosts, inventory.hosts() - hosts)
              .withMatches(found)
              .withReason(remark));
    }
  }

  private String statement(SigmaSource source, List<Ready> rules) {
    StringBuilder cases = new StringBuilder();
    for (int i = 0; i < rules.size(); i++) {
      Ready ready = rules.get(i);
      String matched =
          ready.compiled().used().stream()
              .map(
                  field -> "'" + field + "=' || CAST(" + source.fields().get(field) + " AS STRING)")
              .collect(Collectors.joining(", "));
      cases
          .append(i == 0 ? "" : ",\n")
          .append("CASE WHEN ")
          .append(ready.compiled().expression().sql())
          .append(" THEN named_struct('rule', ")
          .append(i)
          .append(", 'matched', array_compact(array(")
          .append(matched)
          .append("))) END");
    }
    String from = source.origin();
    return """
    SELECT host, image_id, forensic_path, confidence, pid, process, key, hit.rule, hit.matched
    FROM (SELECT %1$s.host, %1$s.image_id, %1$s.forensic_path, CAST(%1$s.confidence AS INT) AS confidence,
        CAST(%2$s AS INT) AS pid, %3$s AS process, %4$s AS key, explode(array_compact(array(
    %5$s))) AS hit
      FROM %6$s WHERE %1$s.case_id = %7$s)
    ORDER BY hit.rule, host, key"""
        .formatted(
            from,
            source.pid(),
            source.process(),
            source.key(),
            cases,
            source.relation(),
            SigmaText.literal(inventory.caseId()));
  }

  private SigmaMatchRow match(Row row, Ready ready, String runId) {
    SigmaRule rule = ready.rule();
    SigmaMatchRow match = new SigmaMatchRow();
    new RowOrigin(inventory.caseId(), row.getString(0), row.getString(1), runId).stamp(match);
    match.setSource("derived");
    match.setForensicPath(row.getString(2));
    match.setConfidence(row.isNullAt(3) ? 100 : row.getInt(3));
    match.setPid(row.isNullAt(4) ? null : row.getInt(4));
    match.setProcess(row.getString(5));
    match.setRuleId(rule.id());
    match.setTitle(rule.title());
    match.setLevel(rule.level());
    match.setStatus(rule.status());
    match.setAttackTechnique(rule.techniques().isEmpty() ? null : rule.techniques());
    match.setLogsource(rule.logsource());
    match.setTable(ready.source().table());
    match.setKey(row.isNullAt(6) ? "" : row.getString(6));
    match.setMatched(row.getList(8));
    match.setRuleFile(rule.file());
    return match;
  }

  private Optional<Ready> reject(SigmaRule rule, String status, String reason) {
    coverage.add(Coverage.of("sigma", item(rule), status, reason, 1, 0, inventory.hosts()));
    return Optional.empty();
  }

  private static String item(SigmaRule rule) {
    return rule.file() + ": " + rule.title();
  }
}
