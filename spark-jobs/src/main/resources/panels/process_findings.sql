-- title: Findings on the process
-- about: Findings that name this process id on this host.
-- section: process
-- chart: table
-- tables: findings
-- empty: No findings on this process.
SELECT severity, host, title, attack_technique, description, forensic_path, next_steps, finding_id
FROM findings
WHERE host = :host AND pid = :pid
ORDER BY CASE lower(severity)
    WHEN 'fatal' THEN 0 WHEN 'critical' THEN 1 WHEN 'high' THEN 2 WHEN 'medium' THEN 3 WHEN 'low' THEN 4 ELSE 5
  END, title, finding_id
