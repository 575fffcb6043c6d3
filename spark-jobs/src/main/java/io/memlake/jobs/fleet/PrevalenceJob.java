package io.memlake.jobs.fleet;

import io.memlake.jobs.bytes.HadoopEvidence;
import io.memlake.jobs.fleet.code.CodeVote;
import io.memlake.jobs.hunt.run.CaseRun;
import io.memlake.jobs.lake.DataFile;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * How common each page is over the fleet, and which pages of code differ from those of the same
 * build elsewhere. Pages are shuffled once, by their hash, after zero and fill pages are gone:
 * those would all meet in one task.
 */
public final class PrevalenceJob {
  private final SparkSession session;
  private final String lake;
  private final String caseId;

  /**
   * Works on the tables that are views of {@code session}.
   *
   * @param lake where the lake is, to find the evidence of its hosts
   */
  public PrevalenceJob(SparkSession session, String lake, String caseId) {
    this.session = session;
    this.lake = lake;
    this.caseId = caseId;
  }

  /** Writes {@code page_prevalence}, {@code code_patches} and {@code code_votes}. */
  public void run(CaseRun run) throws IOException {
    write(run, "page_prevalence", prevalence(run.runId()));
    try (CodeVote vote = new CodeVote(session, lake, caseId)) {
      vote.run();
      write(run, "code_patches", sorted(vote.patches(), run, "host", "module", "rva", "pid"));
      write(
          run, "code_votes", sorted(vote.votes(), run, "module", "timestamp", "size", "pdb_guid"));
    }
  }

  private static Dataset<Row> sorted(Dataset<Row> rows, CaseRun run, String first, String... more) {
    return rows.withColumn("run_id", functions.lit(run.runId()))
        .repartition(1)
        .sortWithinPartitions(first, more);
  }

  /** One row a distinct page that several hosts hold, or that is executable. */
  Dataset<Row> prevalence(String runId) {
    long fleet = ofCase("hosts").select("host").distinct().count();
    ofCase("hosts")
        .groupBy("role")
        .agg(functions.countDistinct("host").as("role_size"))
        .filter("role IS NOT NULL")
        .createOrReplaceTempView("memlake_roles");
    // A shuffle for the roles would undo that pages of one hash lie together.
    functions
        .broadcast(ofCase("hosts").select("host", "role"))
        .createOrReplaceTempView("memlake_host_roles");
    ofCase("pages")
        .filter("kind NOT IN ('zero', 'fill') AND page_hash IS NOT NULL AND page_hash2 IS NOT NULL")
        .select("page_hash", "page_hash2", "host", "executable", "user_mode")
        .repartition(functions.col("page_hash"), functions.col("page_hash2"))
        .createOrReplaceTempView("memlake_page_hosts");
    return session
        .sql(
            """
            SELECT p.page_hash, p.page_hash2, p.hosts, p.copies, p.first_host, p.executable,
              p.user_mode,
              CASE WHEN p.hosts >= 2 AND p.hosts * 2 >= %1$d THEN 'fleet-common'
                WHEN p.hosts >= 2 AND r.role_size >= 2 AND p.hosts * 2 >= r.role_size THEN 'role-common'
                WHEN p.hosts >= 2 THEN 'few' ELSE 'unique' END AS class
            FROM (
              SELECT g.page_hash, g.page_hash2, CAST(count(*) AS INT) AS hosts,
                sum(g.copies) AS copies, min(g.host) AS first_host, max(g.executable) AS executable,
                max(g.user_mode) AS user_mode, min(h.role) AS role, max(h.role) AS last_role,
                count(h.role) AS with_role
              FROM (
                SELECT page_hash, page_hash2, host, count(*) AS copies,
                  max(coalesce(executable, false)) AS executable,
                  max(coalesce(user_mode, false)) AS user_mode
                FROM memlake_page_hosts GROUP BY page_hash, page_hash2, host) g
              LEFT JOIN memlake_host_roles h ON h.host = g.host
              GROUP BY g.page_hash, g.page_hash2) p
            LEFT JOIN memlake_roles r
              ON r.role = p.role AND p.role = p.last_role AND p.with_role = p.hosts
            WHERE p.hosts >= 2 OR p.executable"""
                .formatted(fleet))
        .withColumn("run_id", functions.lit(runId))
        .sortWithinPartitions("page_hash", "page_hash2");
  }

  private void write(CaseRun run, String table, Dataset<Row> rows) throws IOException {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    Broadcast<HadoopEvidence> evidence =
        spark.broadcast(new HadoopEvidence(spark.hadoopConfiguration()));
    try {
      List<DataFile> files =
          rows.toJavaRDD()
              .mapPartitionsWithIndex(
                  new RowsTask(evidence, table, caseId, run.stagingFolder(table)), false)
              .collect();
      run.replaceWithFiles(table, files);
    } finally {
      evidence.destroy();
    }
  }

  private Dataset<Row> ofCase(String table) {
    return session.table(table).filter(functions.col("case_id").equalTo(caseId));
  }
}
