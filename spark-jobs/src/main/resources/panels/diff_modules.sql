-- title: Modules
-- about: Modules loaded on one of the two only.
-- section: diff
-- chart: table
-- tables: modules
-- empty: The two have the same.
SELECT
  CASE WHEN max(CASE WHEN host = :a THEN 1 ELSE 0 END) = 0 THEN 'new' ELSE 'gone' END AS change,
  lower(coalesce(path, name)) AS module, count(*) AS copies, min(host) AS host
FROM modules
WHERE host IN (:a, :b) AND lower(coalesce(path, name)) IS NOT NULL
GROUP BY lower(coalesce(path, name))
HAVING count(DISTINCT host) = 1
ORDER BY change, module
