-- title: Services
-- about: Services that one of the two has.
-- section: diff
-- chart: table
-- tables: services
-- empty: The two have the same.
SELECT
  CASE WHEN max(CASE WHEN host = :a THEN 1 ELSE 0 END) = 0 THEN 'new' ELSE 'gone' END AS change,
  lower(name) AS service, count(*) AS copies, min(host) AS host
FROM services
WHERE host IN (:a, :b) AND lower(name) IS NOT NULL
GROUP BY lower(name)
HAVING count(DISTINCT host) = 1
ORDER BY change, service
