-- title: Runs
-- about: What was run, with what, and how it ended.
-- section: provenance
-- chart: table
-- tables: runs
-- empty: No runs.
SELECT
  started, ended, command, status, hosts_total, hosts_ok, hosts_partial, hosts_failed, tool_version, spark_version, java_version,
  params_sha256, command_line, error, run_id
FROM runs
ORDER BY started DESC, run_id
