-- title: Drivers
-- about: Drivers loaded on one of the two only.
-- section: diff
-- chart: table
-- tables: kernel_modules
-- empty: The two have the same.
SELECT
  CASE WHEN max(CASE WHEN host = :a THEN 1 ELSE 0 END) = 0 THEN 'new' ELSE 'gone' END AS change,
  lower(coalesce(path, name)) AS driver, count(*) AS copies, min(host) AS host
FROM kernel_modules
WHERE host IN (:a, :b) AND lower(coalesce(path, name)) IS NOT NULL
GROUP BY lower(coalesce(path, name))
HAVING count(DISTINCT host) = 1
ORDER BY change, driver
