-- title: Sigma matches
-- about: Rules over processes, modules, services and the like that matched.
-- section: findings
-- chart: table
-- tables: sigma_matches
-- empty: No hunt with Sigma rules has matched.
SELECT level AS severity, title, host, pid, process, attack_technique, logsource, matched, rule_id, forensic_path
FROM sigma_matches
ORDER BY title, host, pid, forensic_path
