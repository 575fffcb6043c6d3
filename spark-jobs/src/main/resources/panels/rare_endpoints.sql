-- title: Rarest foreign addresses
-- about: Addresses that one or two hosts talk to.
-- section: rare
-- chart: table
-- tables: network
-- empty: Nothing is that rare here.
SELECT foreign_addr AS foreign_address, count(DISTINCT host) AS hosts, count(*) AS copies, min(host) AS host
FROM network
WHERE foreign_addr IS NOT NULL AND foreign_addr NOT IN ('*', '0.0.0.0', '::')
GROUP BY foreign_addr
HAVING count(DISTINCT host) <= 2
ORDER BY hosts, copies, foreign_address
LIMIT 500
