-- Libraries, by normalised path, that are loaded on one or two hosts.
-- tables: modules
SELECT v.path, s.hosts, v.host, v.process, v.pid
FROM (SELECT DISTINCT case_id, host, process, pid, @normal(path) AS path FROM modules WHERE path IS NOT NULL) v
JOIN (SELECT case_id, @normal(path) AS path, count(DISTINCT host) AS hosts FROM modules WHERE path IS NOT NULL
  GROUP BY case_id, @normal(path)) s ON s.case_id = v.case_id AND s.path = v.path
WHERE s.hosts <= 2
ORDER BY s.hosts, v.path, v.host, v.process, v.pid
