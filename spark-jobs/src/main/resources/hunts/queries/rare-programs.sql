-- Programs, by normalised path, that run on one or two hosts.
-- tables: processes
SELECT v.path, s.hosts, v.host, v.image_file_name, v.pid
FROM (SELECT case_id, host, image_file_name, pid, @normal(coalesce(kernel_path, path)) AS path FROM processes WHERE state = 'running') v
JOIN (SELECT case_id, @normal(coalesce(kernel_path, path)) AS path, count(DISTINCT host) AS hosts FROM processes WHERE state = 'running'
  GROUP BY case_id, @normal(coalesce(kernel_path, path))) s ON s.case_id = v.case_id AND s.path = v.path
WHERE s.hosts <= 2
ORDER BY s.hosts, v.path, v.host, v.pid
