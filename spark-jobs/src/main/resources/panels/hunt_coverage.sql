-- title: Reach of the hunts
-- about: What was looked for, on how many hosts, and what could not be looked for.
-- section: coverage
-- chart: table
-- tables: hunt_coverage
-- empty: No hunt has run.
SELECT kind, status, reason, count(*) AS entries, sum(items) AS items, max(hosts_searched) AS hosts_searched, max(hosts_skipped) AS hosts_skipped, sum(matches) AS matches
FROM hunt_coverage
GROUP BY kind, status, reason
ORDER BY kind, status, reason
