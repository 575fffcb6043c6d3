-- title: Code that no other host has
-- about: Executable pages of programs that occur on one host alone, in KiB. A host far above its peers runs something of its own.
-- section: rare
-- chart: bars
-- tables: page_prevalence
-- empty: memlake prevalence counts on how many hosts each page occurs.
SELECT first_host AS host, count(*) * 4 AS kib, count(*) AS pages
FROM page_prevalence
WHERE hosts = 1 AND executable AND user_mode
GROUP BY first_host
ORDER BY kib DESC, host
LIMIT 500
