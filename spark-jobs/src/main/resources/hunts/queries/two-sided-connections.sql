-- Connections of which both ends are hosts of the case: who talked to whom inside the fleet.
-- tables: network
SELECT a.host AS from_host, a.owner AS from_process, a.pid AS from_pid, b.host AS to_host, b.owner AS to_process, b.pid AS to_pid,
  a.foreign_addr AS address, a.foreign_port AS port, a.state
FROM network a JOIN network b ON a.case_id = b.case_id AND a.local_addr = b.foreign_addr AND a.local_port = b.foreign_port
  AND a.foreign_addr = b.local_addr AND a.foreign_port = b.local_port
WHERE a.host <> b.host AND a.local_port > a.foreign_port
ORDER BY from_host, to_host, port, from_pid, to_pid
