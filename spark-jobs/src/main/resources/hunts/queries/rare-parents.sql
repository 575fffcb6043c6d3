-- Pairs of parent and child program that occur on one or two hosts.
-- tables: processes
SELECT v.parent, v.child, s.hosts, v.host, v.pid
FROM (SELECT p.case_id, p.host, p.pid, lower(q.image_file_name) AS parent, lower(p.image_file_name) AS child
  FROM processes p JOIN processes q ON q.case_id = p.case_id AND q.host = p.host AND q.pid = p.ppid AND q.create_time <= p.create_time) v
JOIN (SELECT p.case_id, lower(q.image_file_name) AS parent, lower(p.image_file_name) AS child, count(DISTINCT p.host) AS hosts
  FROM processes p JOIN processes q ON q.case_id = p.case_id AND q.host = p.host AND q.pid = p.ppid AND q.create_time <= p.create_time
  GROUP BY p.case_id, lower(q.image_file_name), lower(p.image_file_name)) s
  ON s.case_id = v.case_id AND s.parent = v.parent AND s.child = v.child
WHERE s.hosts <= 2
ORDER BY s.hosts, v.parent, v.child, v.host, v.pid
