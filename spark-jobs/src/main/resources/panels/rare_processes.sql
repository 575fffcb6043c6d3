-- title: Rarest programs
-- about: Program files that run on one or two hosts.
-- section: rare
-- chart: table
-- tables: processes
-- empty: Nothing is that rare here.
SELECT lower(coalesce(path, image_file_name)) AS program, count(DISTINCT host) AS hosts, count(*) AS copies, min(host) AS host
FROM processes
WHERE coalesce(path, image_file_name) IS NOT NULL
GROUP BY lower(coalesce(path, image_file_name))
HAVING count(DISTINCT host) <= 2
ORDER BY hosts, copies, program
LIMIT 500
