-- title: Indicator matches
-- about: Indicators of the hunts and the hosts they were seen on; hits on an allow-list last.
-- section: findings
-- chart: table
-- tables: ioc_matches
-- empty: No hunt with indicators has matched.
SELECT
  m.severity, m.indicator, m.type, m.host, m.pid, m.process, m.value, m.table AS found_in, m.column AS found_as, m.allowlisted, m.description,
  m.indicator_source, m.forensic_path
FROM ioc_matches m
ORDER BY CASE WHEN m.allowlisted THEN 1 ELSE 0 END, m.indicator, m.host, m.value, m.pid, m.forensic_path
