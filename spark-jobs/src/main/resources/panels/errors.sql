-- title: Gaps and errors
-- about: What could not be read, parsed or done, and on how many hosts.
-- section: coverage
-- chart: table
-- tables: errors
-- empty: Nothing was left out.
SELECT severity, stage, item, reason, count(DISTINCT host) AS hosts, sum(occurrences) AS occurrences, min(host) AS host, min(detail) AS detail
FROM errors
GROUP BY severity, stage, item, reason
ORDER BY
  CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END,
  hosts DESC, stage, item, reason
