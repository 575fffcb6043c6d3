package io.memlake.jobs.sql;

import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;

/** Tells queries from statements that write; evidence and results are never changed by SQL. */
final class ReadOnlyPlan {
  private static final Set<String> HARMLESS =
      Set.of(
          "ShowTables",
          "ShowColumns",
          "ShowViews",
          "ShowFunctions",
          "DescribeRelation",
          "DescribeColumn",
          "DescribeFunction",
          "DescribeQueryCommand",
          "ExplainCommand");

  private ReadOnlyPlan() {}

  static boolean accepts(LogicalPlan parsed) {
    return !parsed.exists(ReadOnlyPlan::writes);
  }

  private static boolean writes(LogicalPlan plan) {
    if (plan instanceof Command) {
      return !HARMLESS.contains(plan.getClass().getSimpleName());
    }
    return plan instanceof ParsedStatement || plan instanceof InsertIntoDir;
  }
}
