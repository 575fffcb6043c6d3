package io.memlake.jobs.cli;

import io.memlake.jobs.hunt.rule.Severity;
import io.memlake.jobs.output.ResultWriter;
import io.memlake.jobs.sql.LakeQuery;
import io.memlake.jobs.sql.QueryResult;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Shows the findings of a case, worst first, and says what could not be looked for. */
final class FindingsReport {
  private final SparkSession session;
  private final String caseId;

  FindingsReport(SparkSession session, String caseId) {
    this.session = session;
    this.caseId = caseId;
  }

  /** Writes the rows of that severity or worse. */
  void write(Console console, ResultOptions options, Severity least) throws IOException {
    String statement =
        """
        SELECT host, severity, rule_uid, title, process, pid, confidence, risk_score,
          attack_technique, description, forensic_path, finding_id
        FROM findings
        WHERE severity_id >= %d AND case_id = %s
        ORDER BY severity_id DESC, risk_score DESC, host, rule_uid, finding_id"""
            .formatted(least.number(), SqlText.literal(caseId));
    QueryResult rows = LakeQuery.run(session, statement);
    try (ResultWriter writer = options.open(console, rows.columns())) {
      rows.writeTo(writer);
    }
  }

  /** Number of the worst severity, 0 when there is no finding. */
  int worst() {
    Row row =
        session
            .table("findings")
            .filter(functions.col("case_id").equalTo(caseId))
            .agg(functions.max("severity_id"))
            .first();
    return row.isNullAt(0) ? 0 : row.getInt(0);
  }

  /** Tells in a few lines how many there are and what was not searched. */
  void summary(PrintStream err) {
    List<Row> levels =
        session
            .table("findings")
            .filter(functions.col("case_id").equalTo(caseId))
            .groupBy("severity_id", "severity")
            .agg(functions.count("*"), functions.countDistinct("host"))
            .orderBy(functions.col("severity_id").desc())
            .collectAsList();
    err.println(levels.isEmpty() ? "No findings" : "Findings:");
    for (Row level : levels) {
      err.printf(
          "  %-13s %6d on %d hosts%n", level.getString(1), level.getLong(2), level.getLong(3));
    }
    List<Row> missing =
        session
            .table("hunt_coverage")
            .filter(
                functions
                    .col("case_id")
                    .equalTo(caseId)
                    .and(functions.col("kind").equalTo("rule"))
                    .and(functions.col("status").notEqual("searched")))
            .groupBy("status", "reason")
            .agg(functions.sort_array(functions.collect_list("item")))
            .orderBy("status", "reason")
            .collectAsList();
    for (Row row : missing) {
      err.println(
          "  "
              + row.getString(0).replace('_', ' ')
              + ": "
              + String.join(" ", row.<String>getList(2))
              + " ("
              + row.getString(1)
              + ")");
    }
  }
}
