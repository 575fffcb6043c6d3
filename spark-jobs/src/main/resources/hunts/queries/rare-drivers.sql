-- Drivers, by normalised path, that are loaded on one or two hosts.
-- tables: kernel_modules
SELECT v.path, s.hosts, v.host, v.name, v.in_list, v.in_scan
FROM (SELECT case_id, host, name, in_list, in_scan, @normal(path) AS path FROM kernel_modules WHERE path IS NOT NULL) v
JOIN (SELECT case_id, @normal(path) AS path, count(DISTINCT host) AS hosts FROM kernel_modules WHERE path IS NOT NULL
  GROUP BY case_id, @normal(path)) s ON s.case_id = v.case_id AND s.path = v.path
WHERE s.hosts <= 2
ORDER BY s.hosts, v.path, v.host
