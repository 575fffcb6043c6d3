package io.memlake.jobs.hunt.finding;

import io.memlake.jobs.bytes.Locations;
import io.memlake.jobs.duckdb.DuckDbLake;
import io.memlake.jobs.exit.EnvironmentException;
import io.memlake.jobs.hunt.rule.Rule;
import io.memlake.jobs.hunt.rule.RuleColumns;
import io.memlake.jobs.hunt.rule.RuleSql;
import io.memlake.jobs.hunt.rule.Severity;
import io.memlake.jobs.lake.Lake;
import io.memlake.jobs.lake.LakeSnapshot;
import io.memlake.jobs.query.Answer;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.query.QueryException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs rules in DuckDB on a lake of this machine. Planning some forty queries costs Spark most of a
 * minute of processor time, whatever the size of the lake; DuckDB needs a second. Whatever it
 * refuses, Spark is asked.
 */
final class LocalRules implements Closeable {
  /** Rows of {@code pages} from which on a lake is left to Spark, which spreads the work. */
  static final long MAX_PAGES = 50_000_000;

  private final LakeDatabase lake;

  LocalRules(LakeDatabase lake) {
    this.lake = lake;
  }

  /** Rules over a case; empty when its lake is elsewhere or large, or DuckDB does not run here. */
  static Optional<LocalRules> of(Lake lake, String caseId) throws IOException {
    LakeSnapshot snapshot = LakeSnapshot.of(lake);
    if (!Locations.isLocal(snapshot.layout().root()) || snapshot.rows("pages") > MAX_PAGES) {
      return Optional.empty();
    }
    try {
      return Optional.of(new LocalRules(DuckDbLake.open(snapshot, caseId)));
    } catch (EnvironmentException e) {
      return Optional.empty();
    }
  }

  /**
   * What a rule finds, by host and entity.
   *
   * @param limit findings after which the rest is left out
   * @throws QueryException when DuckDB cannot run the query
   */
  List<RawFinding> find(Rule rule, int limit) throws QueryException {
    Answer answer =
        lake.ask(
            "SELECT * FROM (\n" + RuleSql.duckDb(rule.query()) + "\n) ORDER BY host, entity",
            Map.of(),
            limit);
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < answer.columns().size(); i++) {
      columns.put(answer.columns().get(i), i);
    }
    List<RawFinding> found = new ArrayList<>();
    for (List<Object> row : answer.rows()) {
      found.add(finding(rule, new Cells(columns, row)));
    }
    return found;
  }

  /** How good the images are, by host. */
  Map<String, String> verdicts() throws QueryException {
    Map<String, String> verdicts = new HashMap<>();
    for (List<Object> row :
        lake.ask("SELECT host, verdict FROM image_quality", Map.of(), Integer.MAX_VALUE).rows()) {
      verdicts.put((String) row.get(0), (String) row.get(1));
    }
    return verdicts;
  }

  @Override
  public void close() {
    lake.close();
  }

  private static RawFinding finding(Rule rule, Cells row) {
    String entity = row.text("entity").orElse("?");
    return new RawFinding(
        rule,
        row.text("host").orElse(null),
        row.text("image_id").orElse(null),
        row.number("pid").orElse(null),
        row.text("process").orElse(null),
        entity,
        row.text("detail").orElse(entity),
        row.text("forensic_path").orElse(null),
        row.number("confidence").orElse(100),
        row.text(RuleColumns.SEVERITY).flatMap(Severity::of),
        row.texts(RuleColumns.TECHNIQUES));
  }

  /** The values of a row by their columns. */
  private record Cells(Map<String, Integer> columns, List<Object> values) {
    Optional<Object> value(String name) {
      return Optional.ofNullable(columns.get(name)).map(values::get);
    }

    Optional<String> text(String name) {
      return value(name).map(String::valueOf);
    }

    Optional<Integer> number(String name) {
      return value(name).map(number -> ((Number) number).intValue());
    }

    List<String> texts(String name) {
      List<String> texts = new ArrayList<>();
      value(name).ifPresent(list -> ((List<?>) list).forEach(one -> texts.add((String) one)));
      return texts;
    }
  }
}
