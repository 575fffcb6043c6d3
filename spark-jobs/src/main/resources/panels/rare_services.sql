-- title: Rarest services
-- about: Services that one or two hosts have.
-- section: rare
-- chart: table
-- tables: services
-- empty: Nothing is that rare here.
SELECT lower(name) AS service, count(DISTINCT host) AS hosts, count(*) AS copies, min(host) AS host
FROM services
WHERE name IS NOT NULL
GROUP BY lower(name)
HAVING count(DISTINCT host) <= 2
ORDER BY hosts, copies, service
LIMIT 500
