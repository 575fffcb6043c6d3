-- title: Findings by severity
-- about: Findings at each level, of how many rules and on how many hosts.
-- section: overview
-- chart: bars
-- tables: findings
-- empty: No findings; memlake demo and memlake hunt write them.
SELECT
  severity,
  count(*) AS findings,
  count(DISTINCT rule_uid) AS rules,
  count(DISTINCT host) AS hosts
FROM findings
GROUP BY severity
ORDER BY
  CASE lower(severity)
    WHEN 'fatal' THEN 0 WHEN 'critical' THEN 1 WHEN 'high' THEN 2 WHEN 'medium' THEN 3 WHEN 'low' THEN 4 ELSE 5
  END,
  severity
