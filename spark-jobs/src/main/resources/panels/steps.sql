-- title: Speed by stage
-- about: Bytes and time of each stage over all hosts and runs.
-- section: coverage
-- chart: table
-- tables: run_steps
-- empty: No steps.
SELECT
  step, status, count(*) AS hosts, sum(bytes_in) AS bytes, sum(rows_out) AS rows_out, sum(wall_ms) AS wall_ms, sum(cpu_ms) AS cpu_ms,
  sum(retries) AS retries, sum(skipped_chunks) AS skipped_chunks
FROM run_steps
GROUP BY step, status
ORDER BY wall_ms DESC, step, status
