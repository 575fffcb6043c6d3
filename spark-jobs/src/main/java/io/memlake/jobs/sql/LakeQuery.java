package io.memlake.jobs.sql;

import io.memlake.jobs.exit.OperatorException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.RowOrdering;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/** Runs one statement that only reads. */
public final class LakeQuery {
  private LakeQuery() {}

  /**
   * The rows of {@code statement}, in the order it asks for, else sorted by all its columns, so
   * that the same lake gives the same output on any machine.
   *
   * @throws OperatorException when the statement is wrong, or does more than read
   */
  public static QueryResult run(SparkSession session, String statement) {
    String trimmed = statement.strip().replaceFirst(";\\s*$", "");
    if (trimmed.isEmpty()) {
      throw new OperatorException("The query is empty");
    }
    try {
      LogicalPlan parsed = session.sessionState().sqlParser().parsePlan(trimmed);
      if (!ReadOnlyPlan.accepts(parsed)) {
        throw new OperatorException("Only queries are accepted: SELECT, SHOW, DESCRIBE, EXPLAIN");
      }
      return new QueryResult(ordered(session.sql(trimmed)));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // AnalysisException is checked, and Scala code throws it without declaring it.
      throw new OperatorException(oneLine(e), e);
    }
  }

  private static Dataset<Row> ordered(Dataset<Row> rows) {
    boolean asked = rows.queryExecution().analyzed().exists(Sort.class::isInstance);
    Column[] columns =
        java.util.Arrays.stream(rows.schema().fields())
            .filter(field -> isOrderable(field.dataType()))
            .map(LakeQuery::column)
            .toArray(Column[]::new);
    boolean named =
        java.util.Arrays.stream(rows.columns()).distinct().count() == rows.columns().length;
    return asked || columns.length == 0 || !named ? rows : rows.sort(columns);
  }

  private static boolean isOrderable(DataType type) {
    return RowOrdering.isOrderable(type);
  }

  private static Column column(StructField field) {
    return functions.col("`" + field.name().replace("`", "``") + "`");
  }

  static String oneLine(Exception e) {
    String text = String.valueOf(e.getMessage());
    int end = text.indexOf("\n== SQL");
    return (end < 0 ? text : text.substring(0, end)).lines().findFirst().orElse(text);
  }
}
