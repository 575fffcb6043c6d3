-- title: Between hosts of the fleet
-- about: Connections whose other end was found in another image, both processes named.
-- section: network
-- chart: table
-- tables: network
-- empty: No connection was found at both ends.
SELECT a.host, a.owner AS process, a.pid, a.local_addr, a.local_port, b.host AS to_host, b.owner AS to_process, a.foreign_addr, a.foreign_port, a.state
FROM network a
JOIN network b
  ON a.local_addr = b.foreign_addr AND a.local_port = b.foreign_port
  AND a.foreign_addr = b.local_addr AND a.foreign_port = b.local_port
WHERE a.host < b.host AND a.foreign_port <> 0
ORDER BY a.host, b.host, a.local_port
