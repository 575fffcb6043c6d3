-- title: Rarest modules
-- about: Modules of user processes that one or two hosts have loaded.
-- section: rare
-- chart: table
-- tables: modules
-- empty: Nothing is that rare here.
SELECT lower(coalesce(path, name)) AS module, count(DISTINCT host) AS hosts, count(*) AS copies, min(host) AS host
FROM modules
WHERE coalesce(path, name) IS NOT NULL
GROUP BY lower(coalesce(path, name))
HAVING count(DISTINCT host) <= 2
ORDER BY hosts, copies, module
LIMIT 500
