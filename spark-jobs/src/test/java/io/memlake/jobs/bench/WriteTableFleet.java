package io.memlake.jobs.bench;

import io.memlake.jobs.lake.DataFile;
import io.memlake.jobs.lake.HostManifest;
import io.memlake.jobs.lake.LakeWriter;
import io.memlake.jobs.session.PlainHadoop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a lake of many hosts' tables without any memory image, to measure what works on whole
 * fleets: {@code bench/fleet} runs it. Equal numbers give equal lakes.
 *
 * <p>Of the pages of a host 35 % are zero and 5 % filled with one value; 27 % all hosts may have, 9
 * % those of its role, 19 % it has alone, 5 % are code that is the same wherever it is in memory.
 */
public final class WriteTableFleet {
  private static final String ROLE = "['desktop', 'server', 'kiosk'][1 + %1$d %% 3]";

  private static final String COMMON =
      "'0123456789abcdef' AS image_id, 'run1' AS run_id, 'walk' AS source, CAST(NULL AS VARCHAR) AS"
          + " layer, 'phys:0x' || hex(i * 4096) AS forensic_path, 100 AS confidence";

  /** A select for the rows of a table on host number {@code %1$d} with {@code %2$d} pages. */
  private static final Map<String, String> TABLES =
      Map.of(
          "hosts",
          "SELECT "
              + COMMON
              + ", "
              + ROLE
              + " AS role, 19041 AS nt_build, 'x64' AS arch, 1::BIGINT AS ram_bytes FROM range(1) t(i)",
          "image_quality",
          "SELECT " + COMMON + ", 'good' AS verdict FROM range(1) t(i)",
          "pages",
          """
          SELECT '0123456789abcdef' AS image_id, 'run1' AS run_id, 'scan' AS source,
            'physical' AS layer, CAST(NULL AS VARCHAR) AS forensic_path, 100 AS confidence, i AS pfn,
            CASE WHEN k < 35 THEN 0::BIGINT WHEN k < 40 THEN (i %% 7)::BIGINT
              ELSE (hash(seed) >> 1)::BIGINT END AS page_hash,
            CASE WHEN k < 40 THEN 0::BIGINT ELSE (hash(seed + 1) >> 1)::BIGINT END AS page_hash2,
            CASE WHEN k < 35 THEN 'zero' WHEN k < 40 THEN 'fill' ELSE 'data' END AS kind,
            'present' AS origin, CASE WHEN k >= 40 THEN (4 + 4 * (i // 256 %% 120))::INTEGER END AS pid,
            CASE WHEN k >= 40 THEN 140000000000000 + i * 4096 END AS va, 'private' AS mapping,
            1 AS ref_count, k %% 10 = 3 AS executable, k %% 3 = 0 AS writable, k >= 45 AS user_mode
          FROM (SELECT i, (hash(i * 1000 + %1$d) %% 100)::INTEGER AS k,
              CASE WHEN (hash(i * 1000 + %1$d) %% 100) IN (43, 53, 63, 73, 83) THEN 5000000000 + i
                WHEN (hash(i * 1000 + %1$d) %% 100) < 70 THEN 1000000000 + hash(i + %1$d) %% 200000
                WHEN (hash(i * 1000 + %1$d) %% 100) < 80 THEN (%1$d %% 3 + 1) * 2000000000::BIGINT + hash(i + %1$d) %% 60000
                ELSE 100000000000 + %1$d * 10000000::BIGINT + i END AS seed
            FROM range(%2$d) t(i))""",
          "processes",
          "SELECT "
              + COMMON
              + """
          , (4 + 4 * i)::INTEGER AS pid, (4 * (i // 5))::INTEGER AS ppid, 'p' || i %% 60 || '.exe' AS image_file_name,
            'p' || i %% 60 || '.exe' AS name, 'running' AS state, true AS in_pslist, true AS in_psscan,
            (-1000000000 - i)::BIGINT AS eprocess, (4096 * i)::BIGINT AS dtb,
            'C:\\Program Files\\Vendor ' || i %% 60 || '\\' || %1$d %% 5 || '.' || i %% 7 || '.1\\p' || i %% 60 || '.exe' AS path,
            'C:\\Program Files\\p' || i %% 60 || '.exe --user u' || %1$d || ' --session ' || i AS command_line,
            TIMESTAMPTZ '2026-01-01 00:00:00Z' + INTERVAL (i) SECOND AS create_time, 1 AS session_id FROM range(120) t(i)""",
          "modules",
          "SELECT "
              + COMMON
              + """
          , (4 + 4 * (i %% 120))::INTEGER AS pid, 'p' || i %% 60 || '.exe' AS process, 140000000000000 + i * 1048576 AS base,
            (65536 + 4096 * (i %% 200))::BIGINT AS size, 'lib' || i %% 900 || '.dll' AS name,
            'C:\\Windows\\System32\\' || CASE WHEN i %% 4000 = 7 THEN 'x' || %1$d ELSE '' END || 'lib' || i %% 900 || '.dll' AS path,
            1600000000 + i %% 900 AS timestamp, 'guid' || i %% 900 AS pdb_guid, true AS in_load, true AS in_mem FROM range(4800) t(i)""",
          "kernel_modules",
          "SELECT "
              + COMMON
              + """
          , -140000000000000 + i * 1048576 AS base, 65536::BIGINT AS size, 'drv' || i || '.sys' AS name,
            '\\SystemRoot\\System32\\drivers\\drv' || i || '.sys' AS path, true AS in_list, true AS in_scan FROM range(180) t(i)""",
          "services",
          "SELECT "
              + COMMON
              + """
          , CASE WHEN i = 3 AND %1$d %% 97 = 5 THEN 'evil' || %1$d ELSE 'svc' || i END AS name, 'running' AS state,
            'C:\\Windows\\System32\\svchost.exe -k g' || i %% 20 AS binary FROM range(250) t(i)""",
          "handles",
          "SELECT "
              + COMMON
              + """
          , (4 + 4 * (i %% 120))::INTEGER AS pid, 'p' || i %% 60 || '.exe' AS process, (4 * i)::BIGINT AS handle,
            (-5000000000 - i)::BIGINT AS object, ['File', 'Mutant', 'Event', 'Key', 'Process'][1 + i %% 5] AS type,
            1::BIGINT AS granted_access, '\\BaseNamedObjects\\n' || i %% 3000 AS name FROM range(20000) t(i)""",
          "network",
          "SELECT "
              + COMMON
              + """
          , 'TCPv4' AS proto, '10.' || %1$d // 250 || '.' || %1$d %% 250 || '.5' AS local_addr, (49152 + i)::INTEGER AS local_port,
            '198.51.' || i %% 100 || '.' || (i * 7 + %1$d) %% 250 AS foreign_addr, 443 AS foreign_port,
            'ESTABLISHED' AS state, (4 + 4 * (i %% 120))::INTEGER AS pid, 'p' || i %% 60 || '.exe' AS owner FROM range(150) t(i)""");

  private WriteTableFleet() {}

  /**
   * Adds hosts to a lake.
   *
   * @param first number of the first host
   * @param end number behind the last one
   * @param pages rows of {@code pages} a host
   */
  static void write(String folder, int first, int end, long pages)
      throws IOException, SQLException {
    try (LakeWriter lake = LakeWriter.open(folder, PlainHadoop.configuration());
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (int host = first; host < end; host++) {
        String name = String.format(Locale.ROOT, "H%04d", host);
        Map<String, List<DataFile>> staged = new TreeMap<>();
        for (Map.Entry<String, String> table : TABLES.entrySet()) {
          Path file =
              Path.of(
                      lake.layout().staging("run1", "default", name).toUri().getPath(),
                      table.getKey())
                  .resolve("0.parquet");
          Files.createDirectories(file.getParent());
          statement.execute(
              "COPY ("
                  + String.format(Locale.ROOT, table.getValue(), host, pages)
                  + ") TO '"
                  + file
                  + "' (FORMAT parquet, COMPRESSION zstd)");
          try (ResultSet count =
              statement.executeQuery("SELECT count(*) FROM read_parquet('" + file + "')")) {
            count.next();
            staged.put(
                table.getKey(),
                List.of(
                    new DataFile(file.toUri().toString(), count.getLong(1), Files.size(file), "")));
          }
        }
        lake.publish(
            new HostManifest(
                0,
                "default",
                name,
                "run1",
                "0123456789abcdef",
                "",
                HostManifest.OK,
                "",
                Map.of(),
                Instant.EPOCH.toString(),
                Map.of()),
            staged);
      }
    }
  }
}
