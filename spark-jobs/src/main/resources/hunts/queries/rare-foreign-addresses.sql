-- Foreign addresses that one or two hosts talk to, with the programs that do.
-- tables: network
SELECT n.foreign_addr, n.foreign_port, s.hosts, n.host, n.owner, n.pid
FROM network n JOIN (SELECT case_id, foreign_addr, foreign_port, count(DISTINCT host) AS hosts FROM network
  WHERE foreign_addr IS NOT NULL GROUP BY case_id, foreign_addr, foreign_port) s
  ON s.case_id = n.case_id AND s.foreign_addr = n.foreign_addr AND s.foreign_port = n.foreign_port
WHERE s.hosts <= 2 AND n.state = 'ESTABLISHED' AND n.foreign_addr NOT LIKE '127.%'
ORDER BY s.hosts, n.foreign_addr, n.foreign_port, n.host, n.pid
