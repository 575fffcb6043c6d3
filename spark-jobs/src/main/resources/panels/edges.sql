-- title: Who talks to whom
-- about: Foreign addresses by host, the rarest first.
-- section: network
-- chart: edges
-- tables: network
-- empty: No connections.
SELECT host, foreign_addr AS to_address, count(*) AS connections, min(owner) AS process
FROM network
WHERE foreign_addr IS NOT NULL AND foreign_addr NOT IN ('*', '0.0.0.0', '::', '127.0.0.1', '::1')
GROUP BY host, foreign_addr
ORDER BY count(*) DESC, host, foreign_addr
LIMIT 2000
