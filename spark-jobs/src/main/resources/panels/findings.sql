-- title: Findings
-- about: Every finding, the gravest first.
-- section: findings
-- chart: table
-- tables: findings
-- empty: No findings; memlake hunt writes them.
SELECT severity, host, title, attack_technique, pid, process, rule_uid, forensic_path, finding_id
FROM findings
ORDER BY
  CASE lower(severity)
    WHEN 'fatal' THEN 0 WHEN 'critical' THEN 1 WHEN 'high' THEN 2 WHEN 'medium' THEN 3 WHEN 'low' THEN 4 ELSE 5
  END,
  host, title, pid, finding_id
