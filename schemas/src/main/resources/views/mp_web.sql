-- Visited pages and downloads, with headers of the web timeline of MemProcFS.
-- tables: browser_history
SELECT
  case_id AS "case_id",
  host AS "host",
  coalesce(visit_time, last_visit) AS "Time",
  upper(record_type) AS "Type",
  browser AS "Browser",
  pid AS "PID",
  visit_count AS "Count",
  url AS "Url",
  title AS "Info"
FROM browser_history
