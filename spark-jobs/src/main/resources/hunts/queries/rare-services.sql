-- Services that one or two hosts have.
-- tables: services
SELECT v.name, s.hosts, v.host, v.state, v.binary_path, v.pid
FROM (SELECT case_id, host, lower(name) AS name, state, coalesce(s.binary, s.binary_registry) AS binary_path, pid FROM services s) v
JOIN (SELECT case_id, lower(name) AS name, count(DISTINCT host) AS hosts FROM services GROUP BY case_id, lower(name)) s
  ON s.case_id = v.case_id AND s.name = v.name
WHERE s.hosts <= 2
ORDER BY s.hosts, v.name, v.host, v.pid
