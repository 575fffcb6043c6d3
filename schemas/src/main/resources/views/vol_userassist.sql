-- Programs that users started from the shell, with columns of windows.registry.userassist of
-- Volatility 3.
-- tables: userassist
SELECT
  case_id AS "case_id",
  host AS "host",
  hive_path AS "Hive Name",
  key AS "Path",
  last_write AS "Last Write Time",
  'Value' AS "Type",
  path AS "Name",
  session AS "ID",
  run_count AS "Count",
  focus_count AS "Focus Count",
  focus_ms AS "Time Focused",
  last_run AS "Last Updated"
FROM userassist
