-- title: Who talks to whom
-- about: Foreign addresses by host, those first that the fewest hosts talk to.
-- section: network
-- chart: edges
-- tables: network
-- empty: No connections.
SELECT n.host, n.foreign_addr AS to_address, count(*) AS connections, min(n.owner) AS process, max(f.hosts) AS hosts
FROM network n
JOIN (SELECT foreign_addr, count(DISTINCT host) AS hosts FROM network GROUP BY foreign_addr) f
  ON f.foreign_addr = n.foreign_addr
WHERE n.foreign_addr NOT IN ('*', '0.0.0.0', '::', '127.0.0.1', '::1')
GROUP BY n.host, n.foreign_addr
ORDER BY hosts, connections DESC, n.host, n.foreign_addr
LIMIT 2000
