package io.memlake.jobs.sql;

import io.memlake.jobs.lake.LakeSnapshot;
import io.memlake.jobs.query.Answer;
import io.memlake.jobs.query.LakeDatabase;
import io.memlake.jobs.query.QueryException;
import io.memlake.schemas.Table;
import io.memlake.schemas.Tables;
import io.memlake.schemas.view.SqlDialect;
import io.memlake.schemas.view.View;
import io.memlake.schemas.view.Views;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** One case of a lake through Spark SQL: on any file system, at the cost of a slower start. */
public final class SparkLake implements LakeDatabase {
  private final SparkSession session;
  private final LakeSnapshot lake;

  private SparkLake(SparkSession session, LakeSnapshot lake) {
    this.session = session;
    this.lake = lake;
  }

  /** Opens a case; views with the names of the tables are made in a session of its own. */
  public static SparkLake open(SparkSession session, LakeSnapshot lake, String caseId) {
    SparkSession own = session.newSession();
    for (Table table : Tables.all()) {
      LakeViews.read(own, lake.layout(), table, lake.files(table.name()))
          .where(functions.col("case_id").equalTo(caseId))
          .createOrReplaceTempView(table.name());
    }
    for (View view : Views.all()) {
      own.sql(view.create(SqlDialect.SPARK));
    }
    return new SparkLake(own, lake);
  }

  @Override
  public String engine() {
    return "spark";
  }

  @Override
  public long rows(String table) {
    return Tables.find(table).isEmpty() ? 0 : lake.rows(table);
  }

  @Override
  public Answer ask(String sql, Map<String, Object> parameters, int maxRows) throws QueryException {
    try {
      return new QueryResult(session.sql(sql, parameters)).first(maxRows);
    } catch (Exception e) {
      // AnalysisException is checked, and Scala code throws it without declaring it.
      throw new QueryException(LakeQuery.oneLine(e), e);
    }
  }

  @Override
  public Answer askFreely(String sql, int maxRows) throws QueryException {
    // Spark SQL reads any file by its path and calls any Java method; nothing here can hold it.
    throw new QueryException("Free SQL needs --engine duckdb; memlake sql runs Spark SQL", null);
  }

  @Override
  public void close() {
    // The session ends with the program.
  }
}
