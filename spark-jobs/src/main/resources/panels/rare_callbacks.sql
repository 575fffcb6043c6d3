-- title: Rarest callbacks
-- about: Modules that one or two hosts have told the kernel to call.
-- section: rare
-- chart: table
-- tables: callbacks
-- empty: Nothing is that rare here.
SELECT concat(type, ' ', coalesce(lower(module), 'in no module')) AS callback, count(DISTINCT host) AS hosts, count(*) AS copies, min(host) AS host
FROM callbacks
GROUP BY concat(type, ' ', coalesce(lower(module), 'in no module'))
HAVING count(DISTINCT host) <= 2
ORDER BY hosts, copies, callback
LIMIT 500
