-- title: All findings
-- about: Every finding, the gravest first.
-- section: findings
-- chart: table
-- tables: findings
-- empty: No findings; memlake findings looks for them.
SELECT
  severity, risk_score, host, title, attack_technique, pid, process, description, prevalence_hosts AS hosts_like_this,
  rule_uid, forensic_path, evidence, false_positive_hint, next_steps, status, finding_id
FROM findings
ORDER BY
  CASE lower(severity)
    WHEN 'fatal' THEN 0 WHEN 'critical' THEN 1 WHEN 'high' THEN 2 WHEN 'medium' THEN 3 WHEN 'low' THEN 4 ELSE 5
  END,
  risk_score DESC, host, title, pid, finding_id
