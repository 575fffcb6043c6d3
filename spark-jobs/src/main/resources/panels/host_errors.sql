-- title: Gaps of the host
-- about: What could not be read, parsed or done.
-- section: host
-- chart: table
-- tables: errors
-- empty: Nothing was left out on this host.
SELECT severity, stage, item, reason, detail, pid, occurrences, host, forensic_path
FROM errors
WHERE host = :host
ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, stage, item, reason, detail, pid, forensic_path
