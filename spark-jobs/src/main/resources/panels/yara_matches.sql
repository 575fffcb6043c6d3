-- title: YARA matches
-- about: Rules that matched in memory and where.
-- section: findings
-- chart: table
-- tables: yara_matches
-- empty: No hunt with YARA rules has matched.
SELECT severity, rule, host, pid, process, scope, start, size, matches, strings, description, forensic_path
FROM yara_matches
ORDER BY rule, host, pid, start
