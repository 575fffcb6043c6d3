-- title: Listening ports by rarity
-- about: Ports that processes listen on, those that few hosts have first.
-- section: network
-- chart: table
-- tables: network
-- empty: Nothing listens.
SELECT local_port, proto, owner AS process, count(DISTINCT host) AS hosts, min(host) AS host
FROM network
WHERE upper(state) LIKE 'LISTEN%'
GROUP BY local_port, proto, owner
ORDER BY hosts, local_port, proto, process
