package io.memlake.jobs.fleet.code;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Lets hosts vote on the code of modules. Pages whose hash is the same on all hosts of a build need
 * no look at the evidence; the others are read once more, put as if the module lay at 0 with
 * relocations that any host still has, and compared. Where no host has them, only pages that are
 * equal at two bases, and thus hold no address, are compared.
 */
public final class CodeVote implements AutoCloseable {
  /** Hosts that must hold a page of a module before its majority means anything. */
  public static final int QUORUM = 3;

  private final SparkSession session;
  private final String lake;
  private final String caseId;
  private final List<String> kept = new ArrayList<>();

  /**
   * A vote over the tables that are views of {@code session}.
   *
   * @param lake where the lake is, to find the evidence of its hosts
   */
  public CodeVote(SparkSession session, String lake, String caseId) {
    this.session = session;
    this.lake = lake;
    this.caseId = caseId;
  }

  /** Compares; {@link #patches} and {@link #votes} have what came out. */
  public void run() {
    keep("memlake_placed", session.sql(CodeSql.placed(caseId)));
    keep("memlake_code_groups", session.sql(CodeSql.groups(QUORUM)));
    new CodeEvidence(session, lake, caseId).read();
    keep("memlake_code_ballots", session.sql(CodeSql.ballots()));
    keep("memlake_code_pages", session.sql(CodeSql.pages()));
  }

  /** Rows of {@code code_patches}. */
  public Dataset<Row> patches() {
    return session.sql(CodeSql.patches(QUORUM));
  }

  /** Rows of {@code code_votes}. */
  public Dataset<Row> votes() {
    return session.sql(CodeSql.votes(QUORUM));
  }

  /** Makes rows once for all questions that follow, whose plans begin there. */
  private void keep(String view, Dataset<Row> rows) {
    rows.localCheckpoint(true).createOrReplaceTempView(view);
    kept.add(view);
  }

  @Override
  public void close() {
    kept.forEach(session.catalog()::dropTempView);
  }
}
