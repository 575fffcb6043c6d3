-- title: Indicator matches
-- about: Indicators of the hunts and the hosts they were seen on.
-- section: findings
-- chart: table
-- tables: ioc_matches
-- empty: No hunt with indicators has matched.
SELECT indicator, type, host, key, forensic_path
FROM ioc_matches
ORDER BY indicator, host
