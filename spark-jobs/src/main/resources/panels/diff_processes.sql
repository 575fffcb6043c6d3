-- title: Programs
-- about: Programs that run on one of the two only: gone from the first, new on the second.
-- section: diff
-- chart: table
-- tables: processes
-- empty: The two have the same.
SELECT
  CASE WHEN max(CASE WHEN host = :a THEN 1 ELSE 0 END) = 0 THEN 'new' ELSE 'gone' END AS change,
  lower(coalesce(path, image_file_name)) AS program, count(*) AS copies, min(host) AS host
FROM processes
WHERE host IN (:a, :b) AND lower(coalesce(path, image_file_name)) IS NOT NULL
GROUP BY lower(coalesce(path, image_file_name))
HAVING count(DISTINCT host) = 1
ORDER BY change, program
