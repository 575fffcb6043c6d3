-- title: Private executable memory
-- about: Ranges of processes that can run code no file stands behind; usual for programs that compile as they run.
-- section: findings
-- chart: table
-- tables: vads
-- empty: No process has such a range.
SELECT v.host, v.process, v.pid, count(*) AS ranges, sum(v.size) AS bytes, min(v.start) AS start, min(v.protection) AS protection, v.eprocess
FROM vads v
WHERE v.private_memory AND upper(v.protection) LIKE '%EXECUTE%' AND v.file IS NULL
GROUP BY v.host, v.process, v.pid, v.eprocess
ORDER BY ranges DESC, v.host, v.pid, v.eprocess
