-- Named objects of type Event that one or two hosts share: names that a program chose.
-- tables: handles
SELECT v.name, s.hosts, v.host, v.process, v.pid
FROM (SELECT DISTINCT case_id, host, process, pid, lower(name) AS name FROM handles WHERE type = 'Event' AND name IS NOT NULL) v
JOIN (SELECT case_id, lower(name) AS name, count(DISTINCT host) AS hosts FROM handles WHERE type = 'Event' AND name IS NOT NULL
  GROUP BY case_id, lower(name)) s ON s.case_id = v.case_id AND s.name = v.name
WHERE s.hosts <= 2
ORDER BY s.hosts DESC, v.name, v.host, v.process, v.pid
