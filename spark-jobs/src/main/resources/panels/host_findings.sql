-- title: Findings on the host
-- about: Every finding of this host, the gravest first.
-- section: host
-- chart: table
-- tables: findings
-- empty: No findings on this host.
SELECT severity, host, title, attack_technique, pid, process, description, forensic_path, next_steps, finding_id
FROM findings
WHERE host = :host
ORDER BY
  CASE lower(severity)
    WHEN 'fatal' THEN 0 WHEN 'critical' THEN 1 WHEN 'high' THEN 2 WHEN 'medium' THEN 3 WHEN 'low' THEN 4 ELSE 5
  END,
  risk_score DESC, title, pid, finding_id
