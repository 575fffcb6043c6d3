-- title: Connections of the host
-- about: Sockets from the tables of the network stack and from scanning.
-- section: host
-- chart: table
-- tables: network
-- empty: No connections.
SELECT proto, local_addr, local_port, foreign_addr, foreign_port, state, host, pid, owner, created, in_table, in_scan, forensic_path
FROM network
WHERE host = :host
ORDER BY proto, local_port, foreign_addr, foreign_port, pid, forensic_path
