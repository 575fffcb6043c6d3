package io.memlake.jobs.fleet;

import io.memlake.jobs.bytes.HadoopEvidence;
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
  /** Hosts that must hold a page of a module before its majority means anything. */
  static final int QUORUM = 3;

  private final SparkSession session;
  private final String caseId;

  /** Works on the tables that are views of {@code session}. */
  public PrevalenceJob(SparkSession session, String caseId) {
    this.session = session;
    this.caseId = caseId;
  }

  /** Writes {@code page_prevalence} and {@code code_patches}. */
  public void run(CaseRun run) throws IOException {
    write(run, "page_prevalence", prevalence(run.runId()));
    write(run, "code_patches", patches(run.runId()));
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

  /**
   * One row a page of code that is unlike the same page of the same build on most hosts. Pages of
   * programs and of the kernel are joined apart: a condition for both at once would compare each
   * page with each module of its host.
   */
  Dataset<Row> patches(String runId) {
    String caseLiteral = "'" + caseId.replace("\\", "\\\\").replace("'", "\\'") + "'";
    return session
        .sql(
            """
            WITH module AS (
              SELECT case_id, host, image_id, pid, process, lower(name) AS module, base, size, timestamp,
                pdb_guid FROM modules
              WHERE case_id = %1$s AND base IS NOT NULL AND size > 0 AND timestamp IS NOT NULL
              UNION ALL
              SELECT case_id, host, image_id, 4, 'System', lower(name), base, size, timestamp, pdb_guid
              FROM kernel_modules
              WHERE case_id = %1$s AND base IS NOT NULL AND size > 0 AND timestamp IS NOT NULL),
            code AS (
              SELECT host, image_id, pid, va, page_hash, confidence FROM pages
              WHERE case_id = %1$s AND executable AND va IS NOT NULL AND page_hash IS NOT NULL
                AND kind NOT IN ('zero', 'fill', 'pagetable')),
            placed AS (
              SELECT m.host, m.image_id, m.pid, m.process, m.module, m.size, m.timestamp, m.pdb_guid,
                c.va - m.base AS rva, c.va, c.page_hash, c.confidence
              FROM code c JOIN module m ON m.host = c.host AND m.pid = c.pid
                AND c.va >= m.base AND c.va < m.base + m.size
              WHERE c.va >= 0
              UNION ALL
              SELECT m.host, m.image_id, m.pid, m.process, m.module, m.size, m.timestamp, m.pdb_guid,
                c.va - m.base, c.va, c.page_hash, c.confidence
              FROM code c JOIN module m ON m.host = c.host AND c.va >= m.base AND c.va < m.base + m.size
              WHERE c.va < 0 AND m.pid = 4),
            votes AS (
              SELECT module, size, timestamp, coalesce(pdb_guid, '') AS guid, rva, page_hash,
                count(DISTINCT host) AS hosts
              FROM placed GROUP BY module, size, timestamp, coalesce(pdb_guid, ''), rva, page_hash),
            page AS (
              SELECT module, size, timestamp, guid, rva, max_by(page_hash, hosts) AS majority_hash,
                max(hosts) AS hosts_majority, sum(hosts) AS hosts_module
              FROM votes GROUP BY module, size, timestamp, guid, rva)
            SELECT p.host, p.image_id, CAST(p.confidence AS INT) AS confidence, CAST(p.pid AS INT) AS pid,
              p.process, p.module, p.pdb_guid, p.timestamp, p.size, p.rva, p.va, p.page_hash,
              g.majority_hash, CAST(v.hosts AS INT) AS hosts_same,
              CAST(g.hosts_majority AS INT) AS hosts_majority, CAST(g.hosts_module AS INT) AS hosts_module,
              v.hosts >= 2 AND v.hosts * 5 >= g.hosts_module AS fleet_wide
            FROM placed p
            JOIN votes v ON v.module = p.module AND v.size = p.size AND v.timestamp = p.timestamp
              AND v.guid = coalesce(p.pdb_guid, '') AND v.rva = p.rva AND v.page_hash = p.page_hash
            JOIN page g ON g.module = p.module AND g.size = p.size AND g.timestamp = p.timestamp
              AND g.guid = coalesce(p.pdb_guid, '') AND g.rva = p.rva
            WHERE g.hosts_module >= %2$d AND g.hosts_majority * 3 >= g.hosts_module * 2
              AND p.page_hash <> g.majority_hash"""
                .formatted(caseLiteral, QUORUM))
        .withColumn("run_id", functions.lit(runId))
        .repartition(1)
        .sortWithinPartitions("host", "module", "rva", "pid");
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
