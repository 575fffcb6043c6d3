-- Hosts by the sum of their worst finding of each rule.
-- tables: findings
SELECT host, sum(risk) AS risk, count(*) AS rules, max(severity_id) AS worst
FROM (SELECT host, rule_uid, max(risk_score) AS risk, max(severity_id) AS severity_id FROM findings
  WHERE status <> 'Suppressed' GROUP BY host, rule_uid) f
GROUP BY host ORDER BY risk DESC, host
