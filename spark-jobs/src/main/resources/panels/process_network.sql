-- title: Connections
-- about: Sockets that it owns.
-- section: process
-- chart: table
-- tables: network
-- empty: No connections.
SELECT proto, local_addr, local_port, foreign_addr, foreign_port, state, created, host, pid, forensic_path
FROM network
WHERE host = :host AND pid = :pid
ORDER BY proto, local_port, foreign_addr, foreign_port, forensic_path
