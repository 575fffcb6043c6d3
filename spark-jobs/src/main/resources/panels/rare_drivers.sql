-- title: Rarest drivers
-- about: Drivers that one or two hosts have loaded.
-- section: rare
-- chart: table
-- tables: kernel_modules
-- empty: Nothing is that rare here.
SELECT lower(coalesce(path, name)) AS driver, count(DISTINCT host) AS hosts, count(*) AS copies, min(host) AS host
FROM kernel_modules
WHERE coalesce(path, name) IS NOT NULL
GROUP BY lower(coalesce(path, name))
HAVING count(DISTINCT host) <= 2
ORDER BY hosts, copies, driver
LIMIT 500
