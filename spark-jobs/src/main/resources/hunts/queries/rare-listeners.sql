-- Ports that one or two hosts listen on.
-- tables: network
SELECT n.proto, n.local_port, s.hosts, n.host, n.owner, n.pid
FROM network n JOIN (SELECT case_id, proto, local_port, count(DISTINCT host) AS hosts FROM network WHERE state = 'LISTENING'
  GROUP BY case_id, proto, local_port) s ON s.case_id = n.case_id AND s.proto = n.proto AND s.local_port = n.local_port
WHERE n.state = 'LISTENING' AND s.hosts <= 2 AND n.local_port < 49152
ORDER BY s.hosts, n.proto, n.local_port, n.host, n.pid
